import { unifiedText } from '../line-diff.ts';
import type { PosixShell, Streams } from './evaluate.ts';
import { kernelFile, kernelFiles } from './network-programs.ts';

export const filePrograms: readonly string[] = [
  'cat',
  'tail',
  'head',
  'cp',
  'mv',
  'rm',
  'ls',
  'touch',
  'mkdir',
  'rmdir',
  'chmod',
  'chown',
  'chgrp',
  'tee',
  'base64',
  'diff',
  'cmp',
  'grep',
  'wc',
  'stat',
  'readlink',
  'dirname',
  'basename',
  'mktemp',
  'install',
  'ln',
  'truncate',
  'sed',
];

const missing = (program: string, name: string): string => `${program}: ${name}: No such file or directory\n`;

/** Programs that read and write files. */
export function fileProgram(shell: PosixShell, program: string, words: readonly string[], streams: Streams): number {
  const { disk } = shell.host;
  const args = words.flatMap((word) => kernelFiles(shell.device, word));
  const names = args.filter((word) => !word.startsWith('-') || word === '-');
  const options = args.filter((word) => word.startsWith('-') && word !== '-').join(' ');
  const read = (name: string): string | undefined =>
    name === '-'
      ? streams.input
      : (disk.read(shell.path(name))?.toString('latin1') ?? kernelFile(shell.device, shell.path(name)));
  const fail = (text: string, status = 1): number => {
    streams.error(text);
    return status;
  };
  switch (program) {
    case 'cat':
      return each(names.length === 0 ? ['-'] : names, (name) => print(streams, read(name), () => missing('cat', name)));
    case 'tail':
    case 'head':
      return ends(program, args, read, streams);
    case 'cp':
    case 'install':
      return copy(shell, program, names, streams);
    case 'mv':
    case 'ln': {
      const [from = '', to = ''] = names;
      const target =
        disk.isFolder(shell.path(to)) && disk.read(shell.path(to)) === undefined
          ? `${to.replace(/\/$/, '')}/${from.split('/').at(-1)}`
          : to;
      if (read(from) === undefined) return fail(`${program}: cannot stat '${from}': No such file or directory\n`);
      return disk.rename(shell.path(from), shell.path(target))
        ? 0
        : fail(`${program}: cannot move '${from}': No space left on device\n`);
    }
    case 'rm':
      return each(names, (name) =>
        disk.delete(shell.path(name)) || /f/.test(options)
          ? 0
          : fail(`rm: cannot remove '${name}': No such file or directory\n`),
      );
    case 'ls':
      return list(shell, names, streams);
    case 'touch':
      return each(names, (name) =>
        Number(!disk.write(shell.path(name), disk.read(shell.path(name)) ?? Buffer.alloc(0))),
      );
    case 'truncate':
      return each(names, (name) => Number(!disk.write(shell.path(name), Buffer.alloc(0))));
    case 'tee': {
      const appends = /a/.test(options);
      streams.out(streams.input);
      return each(names, (name) => {
        if (name.startsWith('/dev/')) return 0;
        const before = appends ? (read(name) ?? '') : '';
        return Number(!disk.write(shell.path(name), Buffer.from(before + streams.input, 'latin1')));
      });
    }
    case 'base64': {
      const text = read(names[0] ?? '-');
      if (text === undefined) return fail(missing('base64', names[0] ?? ''));
      if (/d/.test(options)) streams.out(Buffer.from(text, 'base64').toString('latin1'));
      else
        streams.out(
          `${(
            Buffer.from(text, 'latin1')
              .toString('base64')
              .match(/.{1,76}/g) ?? []
          ).join('\n')}\n`,
        );
      return 0;
    }
    case 'diff':
    case 'cmp': {
      const [one = '', other = ''] = names;
      const [older, newer] = [read(one), read(other)];
      if (older === undefined || newer === undefined)
        return fail(missing(program, older === undefined ? one : other), 2);
      if (older === newer) return 0;
      streams.out(program === 'diff' ? unifiedText(older, newer, one, other) : `${one} ${other} differ\n`);
      return 1;
    }
    case 'grep':
      return grep(args, read, streams);
    case 'sed':
      return fail('sed: expression not supported here\n', 2);
    case 'wc': {
      const text = read(names[0] ?? '-') ?? '';
      streams.out(
        `${/c/.test(options) ? text.length : (text.match(/\n/g)?.length ?? 0)}${names.length > 0 ? ` ${names[0]}` : ''}\n`,
      );
      return 0;
    }
    case 'stat': {
      const name = args.at(-1) ?? '';
      const bytes = disk.read(shell.path(name));
      if (bytes === undefined) return fail(`stat: cannot statx '${name}': No such file or directory\n`);
      const format = args.includes('-c') ? (args[args.indexOf('-c') + 1] ?? '') : '%n %s';
      streams.out(
        `${format.replaceAll('%a', '644').replaceAll('%U', 'root').replaceAll('%G', 'root').replaceAll('%s', String(bytes.length)).replaceAll('%n', name)}\n`,
      );
      return 0;
    }
    case 'readlink':
      streams.out(`${shell.path(names[0] ?? '')}\n`);
      return 0;
    case 'dirname':
      streams.out(`${(names[0] ?? '').replace(/\/[^/]*$/, '') || '.'}\n`);
      return 0;
    case 'basename':
      streams.out(`${(names[0] ?? '').split('/').at(-1)}\n`);
      return 0;
    case 'mktemp': {
      const name = (names[0] ?? '/tmp/tmp.XXXXXXXXXX').replace(/X+$/, () => `n${shell.host.pid()}`);
      disk.write(shell.path(name), Buffer.alloc(0));
      streams.out(`${name}\n`);
      return 0;
    }
    default:
      // Owners, modes and folders are not kept: what is there is readable.
      return each(
        names.filter((name) => program.startsWith('ch') && name.startsWith('/')),
        (name) =>
          disk.read(shell.path(name)) !== undefined || disk.isFolder(shell.path(name))
            ? 0
            : fail(`${program}: cannot access '${name}': No such file or directory\n`),
      );
  }
}

/** The worst status of all. */
function each(names: readonly string[], perform: (name: string) => number): number {
  let status = 0;
  for (const name of names) status = perform(name) || status;
  return status;
}

function print(streams: Streams, text: string | undefined, complaint: () => string): number {
  if (text === undefined) streams.error(complaint());
  else streams.out(text);
  return Number(text === undefined);
}

function copy(shell: PosixShell, program: string, names: readonly string[], streams: Streams): number {
  const { disk } = shell.host;
  const [from = '', to = ''] = names.slice(-2);
  const bytes = disk.read(shell.path(from));
  if (bytes === undefined) {
    streams.error(`${program}: cannot stat '${from}': No such file or directory\n`);
    return 1;
  }
  const target =
    disk.read(shell.path(to)) === undefined && disk.isFolder(shell.path(to))
      ? `${to.replace(/\/$/, '')}/${from.split('/').at(-1)}`
      : to;
  if (disk.write(shell.path(target), bytes)) return 0;
  streams.error(`${program}: error writing '${target}': No space left on device\n`);
  return 1;
}

function list(shell: PosixShell, names: readonly string[], streams: Streams): number {
  const { disk } = shell.host;
  return each(names.length === 0 ? [shell.folder] : names, (name) => {
    const path = shell.path(name);
    if (disk.read(path) !== undefined) streams.out(`${name}\n`);
    else if (disk.isFolder(path))
      streams.out(
        disk
          .below(path)
          .map((own) => `${own}\n`)
          .join(''),
      );
    else {
      streams.error(`ls: cannot access '${name}': No such file or directory\n`);
      return 2;
    }
    return 0;
  });
}

/** `head -n 3`, `tail -n +1 a b`: several files with a head line each. */
function ends(
  program: 'tail' | 'head',
  args: readonly string[],
  read: (name: string) => string | undefined,
  streams: Streams,
): number {
  const option = args.findIndex((word) => /^-n/.test(word));
  const typed = option < 0 ? '10' : args[option] === '-n' ? (args[option + 1] ?? '10') : args[option]!.slice(2);
  const names = args.filter(
    (word, at) => !word.startsWith('-') && !(option >= 0 && args[option] === '-n' && at === option + 1),
  );
  const cut = (text: string): string => {
    const lines = text.split(/(?<=\n)/);
    if (program === 'head') return lines.slice(0, Number(typed)).join('');
    return typed.startsWith('+') ? lines.slice(Number(typed) - 1).join('') : lines.slice(-Number(typed)).join('');
  };
  const found = names.length === 0 ? ['-'] : names;
  let isFirst = true;
  return each(found, (name) => {
    const text = read(name);
    if (text === undefined) {
      streams.error(`${program}: cannot open '${name}' for reading: No such file or directory\n`);
      return 1;
    }
    if (found.length > 1) streams.out(`${isFirst ? '' : '\n'}==> ${name} <==\n`);
    isFirst = false;
    streams.out(cut(text));
    return 0;
  });
}

function grep(args: readonly string[], read: (name: string) => string | undefined, streams: Streams): number {
  const flags = args.filter((word) => /^-[a-zA-Z]+$/.test(word)).join('');
  const [pattern = '', ...names] = args.filter((word) => !/^-[a-zA-Z]+$|^--$/.test(word));
  let match: RegExp;
  try {
    const source = flags.includes('F') ? pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
    match = new RegExp(flags.includes('x') ? `^(?:${source})$` : source, flags.includes('i') ? 'i' : '');
  } catch {
    streams.error(`grep: Invalid regular expression\n`);
    return 2;
  }
  let isFound = false;
  const status = each(names.length === 0 ? ['-'] : names, (name) => {
    const text = read(name);
    if (text === undefined) {
      if (!flags.includes('s')) streams.error(missing('grep', name));
      return 2;
    }
    const lines = text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
    const found = lines.filter((line) => match.test(line) !== flags.includes('v'));
    if (found.length > 0) isFound = true;
    if (flags.includes('c')) streams.out(`${found.length}\n`);
    else if (!flags.includes('q')) streams.out(found.map((line) => `${line}\n`).join(''));
    return 0;
  });
  return isFound ? 0 : Math.max(1, status);
}
