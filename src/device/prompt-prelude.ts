/**
 * First lines of two-line prompts: `[edit interfaces]` and `{master:0}` (Junos, PAN-OS, VyOS), `[/]`, `(ex)[/configure]`
 * and `!*(pr)[/configure router "Base"]` (SR OS MD-CLI).
 */
const prelude =
  /^(?:\[edit[^\]]*\]|\{[a-z]+(?::\w+)?\}(?:\[edit[^\]]*\])?|[!*]{0,2}(?:\([a-z]+\))?\[(?:\/|[a-z]{2}:\/)[^\]]*\])[ \t]*$/;

/** The output without the first line of a two-line prompt at its end, and the blank lines before that. */
export function withoutPromptPrelude(text: string): string {
  let end = text.length;
  for (let lines = 0; lines < 2; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (end - start > 512 || !prelude.test(text.slice(start, end))) break;
    end = start;
    while (end > 0 && text[end - 1] === '\n') end--;
  }
  return end === text.length ? text : text.slice(0, end);
}
