import type { ChangeDeviceRecord, ChangePromise, ChangeState, ChangeText } from '#store';
import { colorDiff } from './color-diff.ts';
import { withoutDevice } from './failures.ts';
import type { Screen } from './screen.ts';
import { counted, formatTime, table } from './table.ts';

type Colors = Screen['colors'];

/** Lines to send that are shown without being asked for. */
const fewCommands = 16;

/** `native candidate: all or nothing, taken back by the device unless confirmed, exact rollback`. */
function promiseText({ driver, method, atomic, confirmed, trial, rollback }: ChangePromise): string {
  const back = { exact: 'exact rollback', computed: 'rollback by computed lines', none: 'no rollback' }[rollback];
  const guard = trial ? ' (the commit itself is guarded by the device)' : '';
  return [
    `${method}${driver.endsWith(' over NETCONF') ? ' over NETCONF' : ''}: ${atomic ? 'all or nothing' : 'not atomic'}`,
    `taken back by ${confirmed ? 'the device' : 'Netwright'} unless confirmed${guard}`,
    back ?? rollback,
  ].join(', ');
}

/** What would be done to devices that share it. */
export function printPlanned(
  screen: Screen,
  devices: readonly string[],
  planned: { readonly promise?: ChangePromise; readonly text: ChangeText },
  options: { readonly commands?: boolean; readonly rollback?: boolean } = {},
): void {
  const { bold, cyan, dim, yellow } = screen.colors;
  const { promise, text } = planned;
  screen.print(bold(cyan(`── ${namesOf(devices)}`)));
  if (promise !== undefined) {
    screen.print(dim(`   ${promiseText(promise)}`));
    for (const missing of promise.missing) screen.print(`   ${yellow('missing')} ${missing}`);
  }
  for (const warning of text.warnings) screen.print(`   ${yellow('mind')} ${warning}`);
  screen.printText(`${colorDiff(text.diff.replace(/\n$/, ''), screen.colors)}\n`);
  const count = text.commands.length;
  if (options.commands ?? count <= fewCommands) printLines(screen, 'sends', text.commands);
  else screen.print(dim(`   sends ${counted(count, 'line')} (--commands shows them)`));
  if (options.rollback) printLines(screen, 'taken back by', text.rollback);
  screen.print();
}

/** Up to twelve names, then how many there are. */
export const namesOf = (devices: readonly string[]): string => {
  const names = devices.length <= 12 ? devices.join(', ') : `${devices.slice(0, 12).join(', ')}, …`;
  return devices.length > 1 ? `${names} (${devices.length} devices)` : names;
};

function printLines(screen: Screen, title: string, lines: readonly string[]): void {
  const { dim } = screen.colors;
  screen.print(dim(`   ${title}:`));
  for (const line of lines.flatMap((one) => one.replace(/\n$/, '').split('\n'))) screen.print(dim(`     ${line}`));
}

const good: ReadonlySet<ChangeState> = new Set<ChangeState>(['confirmed', 'same']);
const bad: ReadonlySet<ChangeState> = new Set<ChangeState>(['rollback failed', 'unknown', 'unplanned']);

export function stateText(state: ChangeState, colors: Colors, width = 0): string {
  const padded = state.padEnd(width);
  if (good.has(state)) return colors.green(padded);
  return bad.has(state) ? colors.red(padded) : colors.yellow(padded);
}

/** `3 confirmed, 1 rolled back`. */
export const statesText = (states: Readonly<Partial<Record<ChangeState, number>>>): string =>
  Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

/** The devices of a change as a table. */
export function printDevices(
  screen: Screen,
  devices: readonly (ChangeDeviceRecord & { readonly isWorkedOn?: boolean })[],
): void {
  const { bold, dim } = screen.colors;
  const rows = devices.map((device) => [
    device.device,
    stateText(device.state, screen.colors) + (device.isWorkedOn ? dim(' (at it now)') : ''),
    device.wave === undefined ? '' : String(device.wave),
    dim(whatNext(device)),
    why(device),
  ]);
  screen.print(table(['DEVICE', 'STATE', 'WAVE', '', 'WHY'], rows, bold));
}

/** What went wrong; what a person wanted has no code. */
function why({ device, error }: ChangeDeviceRecord): string {
  if (error === undefined) return '';
  const [message = ''] = withoutDevice(device, error.message).split('\n', 1);
  return error.code === 'NW_CANCELLED' ? message : `${error.code} ${message}`;
}

function whatNext({ state, deadlineMs, timer, isRollbackExact, isSaved }: ChangeDeviceRecord): string {
  if (state === 'pending' && deadlineMs !== undefined) {
    return `taken back at ${formatTime(deadlineMs)} by ${timer === 'device' ? 'the device' : 'Netwright'}`;
  }
  if (state === 'confirmed') return isSaved ? 'saved' : 'not saved';
  if (isRollbackExact === true) return 'exactly as before';
  return isRollbackExact === false ? 'as before, in another order' : '';
}

/** Loud, with the lines that are left to be typed. */
export function reportFailedRollbacks(screen: Screen, id: string, devices: readonly ChangeDeviceRecord[]): void {
  const { red, bold, dim } = screen.errorColors;
  for (const { device, state, leftover = [], error } of devices) {
    if (state !== 'rollback failed') continue;
    screen.note(red(bold(`  ROLLBACK FAILED on ${device}`)));
    if (error !== undefined) screen.note(`  ${error.message.replaceAll('\n', '\n  ')}`);
    screen.note('  type these lines on it by hand:');
    for (const line of leftover.flatMap((one) => one.split('\n'))) screen.note(`      ${line}`);
    screen.note(dim(`  with their secrets: netwright change show ${id} ${device} --by-hand`));
    screen.note(dim(`  once it is mended:  netwright change release ${id} ${device}`));
  }
}
