import { decodeText, encodeText } from '#core';
import type { SimulatedDevice } from '../device.ts';
import type { Reply } from '../reply.ts';
import { PosixShell, ShellExit } from './evaluate.ts';
import type { Run } from './process.ts';
import { parseScript, SyntaxFault, Unfinished } from './syntax.ts';

const mostLines = 10_000;

/** The shell behind one terminal of a host. */
export class PosixSession {
  readonly #shell: PosixShell;

  constructor(device: SimulatedDevice) {
    this.#shell = new PosixShell(device);
  }

  /** Runs a line, or asks for more where it is no whole command yet. */
  line(typed: string): Reply {
    const lines = [typed];
    const attempt = (): Reply | undefined => {
      // Inside, text is a string of bytes, as files are.
      const source = encodeText(lines.join('\n')).toString('latin1');
      try {
        return this.#run(source);
      } catch (fault) {
        if (fault instanceof Unfinished) return undefined;
        if (fault instanceof SyntaxFault) {
          return { text: `-bash: syntax error near unexpected token \`${fault.message}'\n`, exitCode: 2 };
        }
        throw fault;
      }
    };
    const reply = attempt();
    if (reply !== undefined) return reply;
    return {
      exitCode: 2,
      read: {
        prompt: '> ',
        line: (line) => {
          if (line === '\x03') return { text: '^C\n' };
          if (line === '\x04' || lines.length > mostLines)
            return { text: '-bash: syntax error: unexpected end of file\n', exitCode: 2 };
          lines.push(line);
          return attempt();
        },
      },
    };
  }

  #run(source: string): Reply {
    const script = parseScript(source);
    const parts: string[] = [];
    const print = (text: string): void => {
      parts.push(text);
    };
    let end: Reply = {};
    try {
      finish(this.#shell.script(script, { input: '', out: print, error: print }));
    } catch (thrown) {
      if (!(thrown instanceof ShellExit)) throw thrown;
      this.#shell.status = thrown.status;
      end = { end: 'logout' };
      print('logout\n');
    }
    return {
      text: decodeText(Buffer.from(parts.join(''), 'latin1')),
      isConfiguration: /\b(?:cat|tail|base64)\b/.test(source),
      exitCode: this.#shell.status,
      ...end,
    };
  }
}

/** In the foreground time does not pass: a sleep is over as it begins. */
function finish(run: Run): void {
  while (run.next().done !== true);
}
