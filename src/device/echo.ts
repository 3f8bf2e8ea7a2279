import { afterLastNewline } from './conversation.ts';
import { paintLine, withoutEndCr } from './terminal-line.ts';

/** How much of an output is searched for the echo: the command, its repaints, and prompts and console messages before it. */
export const echoReach = (command: string): number => 4 * command.length + 4096;
/** So many lines of prompts, console messages and blanks may come before the echo. */
const mostLinesBefore = 64;

/** `*Mar  1 00:00:01.123: %SYS-5-CONFIG_I: …`, `RP/0/RSP0/CPU0:Mar 1 …: %MGBL-…`, `%LINK-3-UPDOWN: …`, `<189>…`. */
const consoleMessage = /^\s*(?:<\d{1,3}>|%[\w-]+-\d-|\*|[\w/:.]{0,40}\s?[A-Z][a-z]{2}\s+\d{1,2}[ :]).*/;

/** Whether a line as shown is a message that the system prints on its console by itself. */
export const isConsoleMessage = (line: string): boolean => consoleMessage.test(line);

/**
 * Where the output of a command begins: behind its echo and the end of that line. 0 when the device did not echo.
 *
 * Understood are echoes with colours, wrapped at the width of the terminal, repainted with backspaces, scrolled
 * sideways (`$` in IOS), completed word by word (`sh conf` to `show configuration`, Junos and SR OS), and prompts and
 * console messages before the echo: the prompt was painted twice, or the command was typed ahead.
 *
 * @param head the beginning of what came, Latin-1, `echoReach(command)` bytes are enough
 * @param command as typed, Latin-1
 * @param isPrompt whether a text is a prompt of this device
 */
export function endOfEcho(head: string, command: string, isPrompt: (text: string) => boolean): number {
  if (command.trim() === '') return 0;
  const end = endOfOneEcho(head, command, isPrompt);
  // A line discipline that echoes at once, and the shell that echoes what it then reads, give it twice.
  const newline = head.indexOf('\n', end);
  const isTwice = end > 0 && newline > 0 && shownLine(head.slice(end, newline)).trim() === command.trim();
  return isTwice ? newline + 1 : end;
}

function endOfOneEcho(head: string, command: string, isPrompt: (text: string) => boolean): number {
  let from = 0;
  for (let lines = 0; lines < mostLinesBefore; lines++) {
    const end = lineEnd(head, from);
    if (!end) return 0;
    const shown = paintLine(withoutEndCr(head.slice(from, end.at)));
    const line = shown.split('\n').find((one) => one.trim() !== '') ?? '';
    if (line.trim() !== '') {
      if (isEcho(line, command, isPrompt)) return end.next;
      const wrapped = endOfWrapped(head, from, command, isPrompt);
      if (wrapped > 0) return wrapped;
      if (!isPrompt(line) && !isConsoleMessage(line)) return 0;
    }
    from = end.next;
  }
  return 0;
}

/** The end of a line: a line feed, or VT100 next-line, by which ProCurve ends echoes. */
function lineEnd(text: string, from: number): { readonly at: number; readonly next: number } | undefined {
  const newline = text.indexOf('\n', from);
  const nextLine = text.indexOf('\x1bE', from);
  if (nextLine >= 0 && (newline < 0 || nextLine < newline)) return { at: nextLine, next: nextLine + 2 };
  return newline < 0 ? undefined : { at: newline, next: newline + 1 };
}

/** Whether a line as shown is the echo of the command, with or without a prompt before it. */
export function isEcho(line: string, command: string, isPrompt: (text: string) => boolean): boolean {
  const typed = command.trimEnd();
  const shown = line.trimEnd();
  if (shown.endsWith(typed)) {
    const before = shown.slice(0, shown.length - typed.length);
    if (before.trim() === '' || isPrompt(before)) return true;
  }
  if (isCompleted(shown, typed) || isScrolled(shown, typed)) return true;
  // Behind a prompt in the same line: after each of the characters that end prompts.
  for (const { index } of shown.matchAll(/[>#$%\]:~)]/g)) {
    const rest = shown.slice(index + 1);
    if ((isCompleted(rest, typed) || isScrolled(rest, typed)) && isPrompt(shown.slice(0, index + 1))) return true;
  }
  return false;
}

/** `show configuration` for `sh conf`: as many words, each beginning with the one typed. */
function isCompleted(shown: string, typed: string): boolean {
  const shownWords = shown.trim().split(/ +/);
  const typedWords = typed.trim().split(/ +/);
  return (
    shownWords.length === typedWords.length &&
    shownWords[0] !== '' &&
    typedWords.every((word, at) => shownWords[at]!.startsWith(word))
  );
}

/** IOS scrolls a line that is too wide sideways: `$` stands for what is out of sight. */
function isScrolled(shown: string, typed: string): boolean {
  const visible = shown.trim();
  const dollar = visible.indexOf('$');
  if (dollar < 0) return false;
  const rest = visible.slice(dollar + 1);
  return rest.length >= 8 && typed.endsWith(rest);
}

/** The end of an echo that goes over several lines because the terminal is too narrow, else 0. */
function endOfWrapped(head: string, from: number, command: string, isPrompt: (text: string) => boolean): number {
  const wanted = command.replace(/[ \t]+/g, '');
  let seen = '';
  let at = from;
  for (let lines = 0; lines < 40; lines++) {
    const newline = head.indexOf('\n', at);
    if (newline < 0) return 0;
    // Bash wraps by `<blank><CR>` in place of a line feed: pieces are compared as they came, not as painted.
    const pieces = head
      .slice(at, newline)
      .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '')
      .split('\r');
    seen += pieces.join('').replace(/[\x00\x07 \t]+/g, '');
    if (lines === 0) seen = withoutPrompt(seen, wanted, isPrompt);
    if (seen === wanted) return newline + 1;
    if (seen === '' || !wanted.startsWith(seen)) return 0;
    at = newline + 1;
  }
  return 0;
}

function withoutPrompt(seen: string, wanted: string, isPrompt: (text: string) => boolean): string {
  if (wanted.startsWith(seen)) return seen;
  for (const { index } of seen.matchAll(/[>#$%\]:~)]/g)) {
    const rest = seen.slice(index + 1);
    if (rest !== '' && wanted.startsWith(rest) && isPrompt(seen.slice(0, index + 1))) return rest;
  }
  return seen;
}

/** Where the line with a prompt and the echo of the command begins, behind other output; 0 when there is none. */
export function startOfLateEcho(text: string, command: string, isPrompt: (text: string) => boolean): number {
  const typed = command.trimEnd();
  const needle = typed.slice(0, 24);
  if (needle === '') return 0;
  for (let hit = text.indexOf(needle); hit >= 0; hit = text.indexOf(needle, hit + 1)) {
    const start = text.lastIndexOf('\n', hit) + 1;
    const end = lineEnd(text, hit);
    if (!end) return 0;
    const line = hit - start > 256 ? '' : shownLine(text.slice(start, end.at)).trimEnd();
    if (line.endsWith(typed) && isPrompt(line.slice(0, line.length - typed.length))) return start;
  }
  return 0;
}

/**
 * The end of an echo in a form that {@link endOfEcho} does not know, 0 when nothing there resembles one: a line whose end is
 * that of the command, or, with no console message in between, one that begins like it (masked passwords, letters that
 * the system cannot show). Only for a device that is known to echo, and a line long overdue.
 */
export function endOfStrangeEcho(head: string, command: string, isPrompt: (text: string) => boolean): number {
  const wanted = squeezed(command);
  const tail = wanted.slice(-12);
  const start = wanted.slice(0, Math.max(4, Math.ceil(wanted.length / 2)));
  let from = 0;
  for (let lines = 0; lines < mostLinesBefore; lines++) {
    const end = lineEnd(head, from);
    if (!end) return 0;
    const line = shownLine(head.slice(from, end.at));
    const bare = squeezed(withoutPromptBefore(line, isPrompt));
    if (bare !== '' && bare.length <= 2 * wanted.length) {
      if (tail.length >= 4 && bare.endsWith(tail)) return end.next;
      const following = lineEnd(head, end.next);
      const isTorn = following !== undefined && isConsoleMessage(shownLine(head.slice(end.next, following.at)));
      if (start.length >= 4 && bare.startsWith(start) && !isTorn) return end.next;
    }
    if (line.trim() !== '' && !isPrompt(line) && !isConsoleMessage(line)) return 0;
    from = end.next;
  }
  return 0;
}

/** Only the letters that every system shows as they are. */
const squeezed = (text: string): string => text.replace(/[^\x21-\x7e]/g, '');

function withoutPromptBefore(line: string, isPrompt: (text: string) => boolean): string {
  for (const { index } of line.matchAll(/[>#$%\]:~)]/g)) {
    if (isPrompt(line.slice(0, index + 1))) return line.slice(index + 1);
  }
  return line;
}

/** The last line of a text as a terminal shows it. */
export const shownLine = (raw: string): string => afterLastNewline(paintLine(withoutEndCr(raw)));
