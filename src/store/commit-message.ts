import type { DeviceNote, RunInfo } from './configuration-store.ts';

type NoteResult = 'new' | 'changed' | 'unchanged' | 'retired' | 'failed';

export interface NotedDevice extends DeviceNote {
  readonly result: NoteResult;
}

/** More lines than this say nothing to a reader; the run records have them all. */
const listedDevices = 1_000;

const oneLine = (text: string): string => text.replace(/[\r\n\t\0 ]+/g, ' ').trim();

/**
 * What a commit says of its run: counts as the subject, devices that changed or failed as the body, the run and the
 * reason as trailers, and where a device's path does not end in its name, that too, so that the index can be rebuilt.
 */
export function commitMessage(run: RunInfo, notes: readonly NotedDevice[], odd: ReadonlyMap<string, string>): string {
  const count = (result: NoteResult): number => notes.filter((note) => note.result === result).length;
  const changed = count('new') + count('changed');
  const subject = [`${changed} of ${notes.length - count('retired')} changed`];
  if (count('retired') > 0) subject.push(`${count('retired')} retired`);
  if (count('failed') > 0) subject.push(`${count('failed')} failed`);
  return assemble(`Backup: ${subject.join(', ')}`, run, notes, odd);
}

/** The message of a commit for one device. */
export function deviceCommitMessage(run: RunInfo, note: NotedDevice, odd: ReadonlyMap<string, string>): string {
  return assemble(`Backup: ${oneLine(note.device)} ${note.result}`, run, [note], odd);
}

function assemble(
  subject: string,
  run: RunInfo,
  notes: readonly NotedDevice[],
  odd: ReadonlyMap<string, string>,
): string {
  const told = notes.filter(({ result }) => result !== 'unchanged');
  const width = Math.max(0, ...told.slice(0, listedDevices).map(({ device }) => device.length));
  const lines = told.slice(0, listedDevices).map(({ result, device, durationMs, failure }) => {
    const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
    const why = failure === undefined ? '' : `  ${oneLine(failure)}`;
    return `${result.padEnd(8)} ${oneLine(device).padEnd(width)} ${seconds}${why}`;
  });
  if (told.length > listedDevices) lines.push(`and ${told.length - listedDevices} more`);
  const trailers = [`Run-Id: ${oneLine(run.id)}`, `Reason: ${oneLine(run.reason)}`];
  for (const [path, device] of odd) trailers.push(`Device: ${JSON.stringify([path, device])}`);
  return `${subject}\n\n${lines.join('\n')}\n\n${trailers.join('\n')}\n`;
}

/** What the trailers of a commit say; `odd` maps paths to devices. */
export function readTrailers(message: string): {
  readonly runId?: string;
  readonly reason?: string;
  readonly odd: ReadonlyMap<string, string>;
} {
  const last = message.trimEnd().split(/\n\n+/).at(-1) ?? '';
  const odd = new Map<string, string>();
  let runId: string | undefined;
  let reason: string | undefined;
  for (const line of last.split('\n')) {
    const [, key, value] = /^(Run-Id|Reason|Device): (.*)$/.exec(line) ?? [];
    if (key === 'Run-Id') runId = value;
    else if (key === 'Reason') reason = value;
    else if (key === 'Device' && value !== undefined) readOdd(value, odd);
  }
  return { ...(runId === undefined ? {} : { runId }), ...(reason === undefined ? {} : { reason }), odd };
}

function readOdd(json: string, odd: Map<string, string>): void {
  try {
    const pair: unknown = JSON.parse(json);
    if (Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string') odd.set(pair[0], pair[1]);
  } catch (error) {
    // A foreign commit may have a trailer of that name: it is none of ours then.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** `Name <mail>` as git wants it: nothing in it can end the field. */
export function identity(author: string): string {
  const [, name, mail] = /^\s*([^<]*?)\s*(?:<([^>]*)>)?\s*$/.exec(oneLine(author)) ?? [];
  const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(name ?? author) || 'netwright'} <${clean(mail ?? '')}>`;
}

/** The author as people write it: without the brackets when there is no mail. */
export const authorOf = (gitIdentity: string): string => gitIdentity.replace(/ <>$/, '');
