import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { Reply } from '../reply.ts';

/** Files that scripts opened, by the variable that holds the channel. What is put there is in the file once it is closed. */
class TclChannels {
  readonly open = new Map<string, { readonly name: string; text: string }>();

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => this.open.clear());
  }
}

const makeChannels = (device: SimulatedDevice): TclChannels => new TclChannels(device);

/** What a word in double quotes stands for: backslashes take the meaning from the next character, or give it one. */
const unquoted = (word: string): string =>
  word.replaceAll(/\\(?:x([0-9a-fA-F]{1,2})|([\s\S]))/g, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (character === 'n' ? '\n' : character) : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/**
 * The little of Tcl by which files are written: `set f [open "flash:x" w]`, `puts $f "…"`, `close $f`, and all of it in
 * one with `puts [open "flash:x" w+] {…}`. Undefined for anything else.
 */
export function runTcl(session: CommandSession, script: string): Reply | undefined {
  const { device } = session;
  const channels = device.part(makeChannels).open;
  const write = (name: string, text: string): Reply =>
    device.files.write(name, text, device.time.now())
      ? {}
      : { text: `couldn't open "${name}": no space left on device\n` };
  const opened = /^set (\w+) \[open "([^"]+)" ([wa])\+?\]$/.exec(script);
  if (opened) {
    const [, variable = '', name = '', how] = opened;
    const text = how === 'a' ? (device.files.text(name) ?? '') : '';
    const reply = write(name, text);
    if (reply.text !== undefined) return reply;
    channels.set(variable, { name, text });
    return { text: `file${channels.size}\n` };
  }
  const put = /^puts (-nonewline )?\$(\w+) "((?:[^"\\]|\\[\s\S])*)"$/.exec(script);
  if (put) {
    const [, bare, variable = '', word = ''] = put;
    const channel = channels.get(variable);
    if (channel === undefined) return { text: `can't read "${variable}": no such variable\n` };
    channel.text += unquoted(word) + (bare === undefined ? '\n' : '');
    return {};
  }
  const closed = /^close \$(\w+)$/.exec(script)?.[1];
  if (closed !== undefined) {
    const channel = channels.get(closed);
    channels.delete(closed);
    return channel === undefined
      ? { text: `can't read "${closed}": no such variable\n` }
      : write(channel.name, channel.text);
  }
  const whole = /^puts (?:-nonewline )?\[open "([^"]+)" ([wa])\+?\] \{\n?([\s\S]*)\}$/.exec(script);
  if (whole) {
    const [, name = '', how, body = ''] = whole;
    return write(name, (how === 'a' ? (device.files.text(name) ?? '') : '') + body);
  }
  return /^(?:set|close|puts|fconfigure)\b/.test(script) ? {} : undefined;
}
