import { createHash } from 'node:crypto';
import { encodeText } from '#core';
import { matchCommand } from '../command-match.ts';
import { type PosixShell, ShellExit, type Streams } from './evaluate.ts';
import { fileProgram, filePrograms } from './file-programs.ts';
import { ipProgram } from './ip-program.ts';
import { networkProgram } from './network-programs.ts';
import type { Run } from './process.ts';
import { serviceProgram, servicePrograms } from './service-programs.ts';
import { evaluateTest } from './test-program.ts';

/** Words before the command that run it as it is: as another user, deaf to a hang-up, in a session of its own. */
const prefixes: Readonly<Record<string, RegExp>> = {
  sudo: /^-[nEHS]+$|^--$/,
  nohup: /$^/,
  setsid: /^-[fw]+$/,
  env: /^[A-Za-z_]\w*=|^-i$/,
  nice: /^-n$|^\d+$/,
  command: /$^/,
  exec: /$^/,
  timeout: /^\d+[smh]?$/,
};

/** Runs one program with its words. */
export function* runProgram(shell: PosixShell, words: readonly string[], streams: Streams): Run {
  const [name = '', ...args] = words;
  const skip = prefixes[name];
  if (skip !== undefined && args.length > 0) {
    const at = args.findIndex((word) => !skip.test(word));
    const wasRoot = shell.isRoot;
    if (name === 'sudo') shell.isRoot = true;
    try {
      return yield* runProgram(shell, at < 0 ? [] : args.slice(at), streams);
    } finally {
      shell.isRoot = wasRoot;
    }
  }
  if (name === 'sh' || name === 'bash' || name === 'dash') return yield* runShell(shell, args, streams);
  if (name === 'sleep') {
    yield Math.round(Number.parseFloat(args[0] ?? '0') * 1_000) || 0;
    return 0;
  }
  if (name === 'eval') return yield* shell.text(args.join(' '), streams);
  if (filePrograms.includes(name)) return fileProgram(shell, name, args, streams);
  if (servicePrograms.includes(name)) return serviceProgram(shell, name, args, streams);
  return builtIn(shell, name, args, streams);
}

function* runShell(shell: PosixShell, args: readonly string[], streams: Streams): Run {
  const at = args.findIndex((word) => /^-\w*c$/.test(word));
  if (args.includes('-n')) return yield* checkScript(shell, args.at(-1) ?? '', streams);
  if (at >= 0) return yield* shell.text(args[at + 1] ?? '', streams);
  const file = args.find((word) => !word.startsWith('-'));
  if (file === undefined) return yield* shell.text(streams.input, streams);
  const bytes = shell.host.disk.read(shell.path(file));
  if (bytes === undefined) {
    streams.error(`sh: 0: cannot open ${file}: No such file\n`);
    return 2;
  }
  return yield* shell.text(bytes.toString('latin1'), streams);
}

/** `sh -n`: reads without running. */
function* checkScript(shell: PosixShell, file: string, streams: Streams): Run {
  const bytes = shell.host.disk.read(shell.path(file));
  if (bytes === undefined) {
    streams.error(`sh: 0: cannot open ${file}: No such file\n`);
    return 2;
  }
  return yield* shell.text(`false && { ${bytes.toString('latin1')}\n}; true`, streams);
}

function builtIn(shell: PosixShell, name: string, args: readonly string[], streams: Streams): number {
  const { device } = shell;
  switch (name) {
    case ':':
    case 'true':
    case 'trap':
    case 'umask':
    case 'sync':
    case 'wait':
    case 'stty':
    case 'unalias':
    case 'alias':
    case 'disown':
      return 0;
    case 'false':
      return 1;
    case 'set':
      return 0;
    case 'unset':
      for (const variable of args) shell.variables.delete(variable);
      return 0;
    case 'export':
      for (const word of args) {
        const [, variable, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
        if (variable !== undefined) shell.variables.set(variable, value ?? '');
      }
      return 0;
    case 'cd':
      shell.folder = shell.path(args[0] ?? '/home/netwright');
      return 0;
    case 'pwd':
      streams.out(`${shell.folder}\n`);
      return 0;
    case 'exit':
      throw new ShellExit(Number(args[0] ?? shell.status) & 255);
    case 'echo': {
      const isBare = args[0] === '-n';
      streams.out(`${(isBare ? args.slice(1) : args).join(' ')}${isBare ? '' : '\n'}`);
      return 0;
    }
    case 'printf':
      streams.out(formatted(args));
      return 0;
    case 'test':
      return evaluateTest(shell, args);
    case '[':
      return args.at(-1) === ']' ? evaluateTest(shell, args.slice(0, -1)) : 2;
    case 'kill':
      return kill(shell, args, streams);
    case 'id':
      streams.out(
        args[0] === '-u'
          ? `${shell.isRoot ? 0 : 1000}\n`
          : shell.isRoot
            ? 'uid=0(root) gid=0(root) groups=0(root)\n'
            : 'uid=1000(netwright) gid=1000(netwright) groups=1000(netwright)\n',
      );
      return 0;
    case 'whoami':
      streams.out(`${shell.isRoot ? 'root' : 'netwright'}\n`);
      return 0;
    case 'date':
      streams.out(
        /^\+%s$/.test(args[0] ?? '')
          ? `${Math.floor(device.time.now() / 1000)}\n`
          : `${new Date(device.time.now()).toUTCString()}\n`,
      );
      return 0;
    case 'which':
      streams.out(args.map((program) => `/usr/bin/${program}\n`).join(''));
      return 0;
    case 'sha256sum':
    case 'md5sum':
      return sums(shell, name === 'md5sum' ? 'md5' : 'sha256', args, streams);
    case 'reboot':
      device.reboot();
      return 0;
    case 'ip':
      return ipProgram(shell, args, streams) ?? printed(shell, [name, ...args], streams);
    default: {
      const text = networkProgram(device, name, args);
      if (text === undefined) return printed(shell, [name, ...args], streams);
      streams.out(encodeText(text).toString('latin1'));
      return 0;
    }
  }
}

/** Programs that only print something, as the persona has them. */
function printed({ device }: PosixShell, words: readonly string[], streams: Streams): number {
  const match = matchCommand(device.persona.commands, words, false);
  if (match === undefined) {
    streams.error(`-bash: ${words[0]}: command not found\n`);
    return 127;
  }
  const text = device.now(match.command.print?.(device.facts, match.rest) ?? '');
  streams.out(encodeText(text).toString('latin1'));
  return 0;
}

function sums(shell: PosixShell, algorithm: string, args: readonly string[], streams: Streams): number {
  let status = 0;
  const digest = (bytes: Buffer): string => createHash(algorithm).update(bytes).digest('hex');
  if (args.length === 0) streams.out(`${digest(Buffer.from(streams.input, 'latin1'))}  -\n`);
  for (const name of args) {
    const bytes = shell.host.disk.read(shell.path(name));
    if (bytes === undefined) {
      streams.error(`${algorithm}sum: ${name}: No such file or directory\n`);
      status = 1;
    } else streams.out(`${digest(bytes)}  ${name}\n`);
  }
  return status;
}

/** `%s`, `%d`, `%%` and the usual escapes; the format is used again as long as there are words. */
function formatted([format = '', ...values]: readonly string[]): string {
  const plain = format.replaceAll(
    /\\([nrt\\])/g,
    (_, letter: string) => ({ n: '\n', r: '\r', t: '\t', '\\': '\\' })[letter]!,
  );
  const left = [...values];
  let text = '';
  do {
    text += plain.replaceAll(/%[sd]|%%/g, (mark) =>
      mark === '%%' ? '%' : (left.shift() ?? (mark === '%d' ? '0' : '')),
    );
  } while (left.length > 0 && /%[sd]/.test(plain));
  return text;
}

function kill(shell: PosixShell, args: readonly string[], streams: Streams): number {
  const isProbe = args[0] === '-0';
  let status = 0;
  for (const word of args.filter((one) => !/^-(?:\d{1,2}|[A-Z]+|-)$/.test(one))) {
    const pid = Math.abs(Number(word));
    const isThere = isProbe ? shell.host.isAlive(pid) : shell.host.kill(pid);
    if (isThere) continue;
    streams.error(`-bash: kill: (${word}) - No such process\n`);
    status = 1;
  }
  return status;
}
