import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started and that still run. Others come and go while we look. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
        return parent === String(pid) && state !== 'Z';
      } catch {
        // It ended while we looked.
        return false;
      }
    })
    .map(Number);
