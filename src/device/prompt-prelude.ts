import { isConsoleMessage } from './echo.ts';

/**
 * First lines of two-line prompts: `[edit interfaces]` and `{master:0}` (Junos, PAN-OS, VyOS), `[/]`, `(ex)[/configure]`
 * and `!*(pr)[/configure router "Base"]` (SR OS MD-CLI).
 */
const prelude =
  /^(?:\[edit[^\]]*\]|\{[a-z]+(?::\w+)?\}(?:\[edit[^\]]*\])?|[!*]{0,2}(?:\([a-z]+\))?\[(?:\/|[a-z]{2}:\/)[^\]]*\])[ \t]*$/;

/** So many lines of console messages are looked through for a prompt before them. */
const mostMessages = 64;

/**
 * The output without the prompts that were painted more than once at its end, and the console messages between them.
 * @param text without newlines at its end
 */
export function withoutRepaintedPrompts(text: string, prompt: string): string {
  if (prompt.length < 3) return text;
  let end = text.length;
  let at = text.length;
  for (let lines = 0; lines < mostMessages && at > 0; lines++) {
    const start = text.lastIndexOf('\n', at - 1) + 1;
    if (at - start > 1024) break;
    const line = text.slice(start, at);
    if (line.trim() === prompt) end = start;
    else if (line.trim() !== '' && !isConsoleMessage(line)) break;
    at = start - 1;
  }
  while (end < text.length && end > 0 && text[end - 1] === '\n') end--;
  return end === text.length ? text : text.slice(0, end);
}

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
