import { readFileSync } from 'node:fs';

/** CPU of the children that have ended (proc(5): cutime and cstime, in hundredths of a second); undefined without /proc. */
export function childCpuSeconds(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
