import type { Candidate } from '../candidate.ts';
import { commitsOf } from '../commit-log.ts';
import type { SimulatedDevice } from '../device.ts';
import type { EditStyle } from '../persona.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';

const head = 'Building configuration...\n!! IOS XR Configuration 7.5.2\n';
const shown = (body: string): string => `${head}${body}end\n\n`;

/** The commands of a change, sections closed by `!`. */
function commands(changes: readonly NodeChange[], style: EditStyle, depth = 0): string {
  const indent = ' '.repeat(depth);
  return changes
    .map(({ line, sign, below }) => {
      if (sign === '-')
        return `${indent}${line.startsWith(style.negate) ? line.slice(style.negate.length) : style.negate + line.split('\n')[0]}\n`;
      const inner = commands(below, style, depth + 1);
      return `${indent}${line}\n${below.length > 0 ? `${inner}${indent}!\n` : ''}`;
    })
    .join('');
}

/** The lines that go with `-`, those that come with `+`, below their sections. */
function marked(changes: readonly NodeChange[], depth = 0): string {
  return changes
    .map(({ line, sign, below }) => {
      const row = (text: string): string => `${sign}  ${' '.repeat(depth)}${text}\n`;
      return `${line.split('\n').map(row).join('')}${below.length > 0 ? `${marked(below, depth + 1)}${row('!')}` : ''}`;
    })
    .join('');
}

export function xrChanges(older: string, newer: string, style: EditStyle, isDiff: boolean): string {
  const changes = diffTexts(older, newer, style);
  return shown(isDiff ? marked(changes) : commands(changes, style));
}

/** `show configuration` of a target configuration: the commands that were typed and make a difference. */
export function xrTarget(device: SimulatedDevice, candidate: Candidate | undefined, isDiff: boolean): string {
  return xrChanges(device.running.text, candidate?.outcome ?? device.running.text, device.persona.edit, isDiff);
}

export function xrCommitList(device: SimulatedDevice, most: number, isDetailed: boolean): string {
  const commits = commitsOf(device).commits.slice(0, most);
  if (isDetailed) {
    return commits
      .map(
        ({ id, user, via, label, comment, atMs }, nth) =>
          `   ${nth + 1}) CommitId: ${id}                 Label: ${label ?? 'NONE'}\n      UserId:   ${user}                      Line:  vty0:node0_RSP0_CPU0\n      Client:   ${via}                        Time:  ${new Date(atMs).toUTCString()}\n      Comment:  ${comment ?? 'NONE'}\n\n`,
      )
      .join('');
  }
  const rows = commits.map(
    ({ id, user, via, label, atMs }, nth) =>
      `${String(nth + 1).padEnd(4)} ${(label ?? String(id)).padEnd(21)} ${user.padEnd(9)} ${'vty0:node0_RSP0_CP'.padEnd(19)} ${via.padEnd(11)} ${new Date(atMs).toUTCString()}\n`,
  );
  return `SNo. Label/ID              User      Line                Client      Time Stamp\n~~~~ ~~~~~~~~              ~~~~      ~~~~                ~~~~~~      ~~~~~~~~~~\n${rows.join('')}`;
}

/** The number of a commit in the log, by its id or its label. */
export function findCommit(device: SimulatedDevice, name: string): number {
  return commitsOf(device).commits.findIndex(({ id, label }) => String(id) === name || label === name);
}

/** What the commits from the newest to the nth changed; with `isBack`, what taking them back would. */
export function xrCommitted(device: SimulatedDevice, nth: number, isBack: boolean, isDiff: boolean): string {
  const log = commitsOf(device);
  const older = log.text(nth);
  if (older === undefined) return '% The specified commit is not available\n';
  const now = isBack ? device.running.text : (log.text(0) ?? '');
  return isBack
    ? xrChanges(now, older, device.persona.edit, isDiff)
    : xrChanges(older, now, device.persona.edit, isDiff);
}
