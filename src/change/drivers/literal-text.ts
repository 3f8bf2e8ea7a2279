/**
 * Texts within a configuration that are no commands: banners, certificates, macros. The lines of one are typed
 * together, because the device gives no prompt until the text is over.
 */

/** Joins the lines of literal texts, so that each element is one command with all that belongs to it. */
export function withLiteralTexts(lines: readonly string[]): readonly string[] {
  const commands: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const end = line.includes('\n') ? undefined : endOf(line);
    if (end === undefined) {
      commands.push(retold(line));
      continue;
    }
    const last = lines.findIndex((candidate, index) => index > at && end(candidate));
    if (last < 0) {
      commands.push(line);
      continue;
    }
    commands.push(retold(lines.slice(at, last + 1).join('\n')));
    at = last;
  }
  return commands;
}

const bannerWithDelimiter = /^\s*banner (?:motd|login|exec|incoming|prompt-timeout|slip-ppp|config-save) (\^C|\S)/;

/** What ends the text that a line opens; undefined for a line that opens none, or closes its own. */
function endOf(line: string): ((line: string) => boolean) | undefined {
  const delimiter = bannerWithDelimiter.exec(line)?.[1];
  if (delimiter !== undefined) {
    const rest = line.slice(line.indexOf(delimiter, line.indexOf('banner ') + 8) + delimiter.length);
    return rest.includes(delimiter) ? undefined : (candidate) => candidate.includes(delimiter);
  }
  // EOS
  if (/^\s*banner (?:motd|login)\s*$/.test(line)) return (candidate) => candidate.trim() === 'EOF';
  if (/^\s+certificate (?:self-signed |ca |rollover )?[0-9A-Fa-f]{2,}\s*$/.test(line))
    return (candidate) => candidate.trim() === 'quit';
  return undefined;
}

/**
 * IOS prints `^C` where Ctrl-C stands, which nobody can type at its prompt: a delimiter is taken that is not in the
 * text. A certificate has an invisible Tab before its `quit`, which completes the word at a prompt: it goes.
 */
function retold(command: string): string {
  const banner = /^(\s*banner \S{1,20} )\^C([\s\S]*)\^C\s*$/.exec(command);
  if (banner) {
    const mark = ['#', '~', '%', '@', '|', '=', '+'].find((candidate) => !banner[2]!.includes(candidate)) ?? '\x07';
    return `${banner[1]}${mark}${banner[2]}${mark}`;
  }
  return command.replace(/\n[ \t]*quit\s*$/, '\n quit');
}

/** The lines of a configuration that say something: no blank ones, no comments, no `end` or `exit` of the whole. */
export function tellingLines(text: string, comment = /^\s*[!#]/): readonly string[] {
  return text
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !comment.test(line) && !/^(?:end|return)$/.test(line));
}
