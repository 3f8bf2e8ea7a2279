import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';

/** What `terminal exec prompt timestamp` and `load` put before an output. */
const preface = /^(?:Load for five secs: |Time source is |\*?\d\d:\d\d:\d\d\.\d{3} )/;

/** As `readLines`, for IOS. */
export const readIosLines: typeof readLines = (ask: Ask, command, output, read) =>
  readLines(ask, command, output, (line, number) => preface.test(line) || read(line, number));

/**
 * A sentence by which IOS says that there is nothing: `% LLDP is not enabled`, `% BGP not active`. It becomes a note,
 * and the value is empty.
 */
export function isSwitchedOff(ask: Ask, output: string): boolean {
  const line =
    /^% ?((?:LLDP|CDP|BGP|NTP|IP SLA|\S{1,30}) (?:is )?not (?:enabled|active|running|configured)[^\n]{0,80})/m.exec(
      output.slice(0, 2000),
    )?.[1];
  if (line === undefined) return false;
  ask.note(line.trim());
  return true;
}
