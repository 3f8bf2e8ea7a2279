import type { PosixShell } from './evaluate.ts';

/** `test` with one or two words, or a comparison; 0 for true. */
export function evaluateTest(shell: PosixShell, args: readonly string[]): number {
  if (args[0] === '!') return Number(evaluateTest(shell, args.slice(1)) === 0);
  const { disk } = shell.host;
  const [one = '', two, three] = args;
  if (args.length === 0) return 1;
  if (two === undefined) return Number(one === '');
  if (three === undefined) {
    const path = shell.path(two);
    const bytes = disk.read(path);
    switch (one) {
      case '-e':
        return Number(bytes === undefined && !disk.isFolder(path));
      case '-f':
      case '-r':
      case '-w':
        return Number(bytes === undefined);
      case '-s':
        return Number((bytes?.length ?? 0) === 0);
      case '-d':
        return Number(bytes !== undefined || !disk.isFolder(path));
      case '-n':
        return Number(two === '');
      case '-z':
        return Number(two !== '');
      default:
        return 2;
    }
  }
  switch (two) {
    case '=':
    case '==':
      return Number(one !== three);
    case '!=':
      return Number(one === three);
    case '-eq':
      return Number(Number(one) !== Number(three));
    case '-ne':
      return Number(Number(one) === Number(three));
    case '-gt':
      return Number(Number(one) <= Number(three));
    case '-lt':
      return Number(Number(one) >= Number(three));
    case '-ge':
      return Number(Number(one) < Number(three));
    case '-le':
      return Number(Number(one) > Number(three));
    default:
      return 2;
  }
}
