import type { SimulatedDevice } from '../../device.ts';
import type { PersonaCommand } from '../../persona.ts';

/** A show command that is answered out of the state of the device; `words` is what `*` stood for. */
export const answer = (
  words: string,
  print: (device: SimulatedDevice, words: readonly string[]) => string,
  modes?: readonly string[],
): PersonaCommand => ({
  words,
  ...(modes !== undefined && { in: modes }),
  run: ({ device }, rest) => ({ text: print(device, rest) }),
});

/** Lines of a text, each with its end. */
export const lined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** As a table has it: `00:17:49`, beyond a day by what the callback makes of hours. */
export function clockOf(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `1d01h58m07s`, as VRP and Comware have it. */
export function dayClockOf(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  return `${days > 0 ? `${days}d` : ''}${two((seconds / 3600) % 24)}h${two((seconds / 60) % 60)}m${two(seconds % 60)}s`;
}

/** `1w2d`, `2d03h`, `01:02:03`: as IOS and its relatives have it. */
export function weekClockOf(seconds: number): string {
  const [weeks, days] = [Math.floor(seconds / 604_800), Math.floor(seconds / 86_400)];
  if (weeks > 0) return `${weeks}w${days % 7}d`;
  if (days > 0) return `${days}d${String(Math.floor((seconds / 3600) % 24)).padStart(2, '0')}h`;
  return clockOf(seconds);
}

/** `one,  two,  three` in lines that are as many items wide. */
export function rowsOf<T>(items: readonly T[], width: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / width) }, (_, row) =>
    items.slice(row * width, (row + 1) * width),
  );
}
