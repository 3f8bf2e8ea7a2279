import { describe, expect, it } from 'vitest';
import type { Clock } from '#core';
import { SimulatedDevice } from '../../src/lab/device.ts';
import { asSetLines } from '../../src/lab/editor-set.ts';
import { planFleet } from '../../src/lab/fleet.ts';
import { findPersona, labPlatforms } from '../../src/lab/personas/index.ts';
import { type ConfigNode, parseTree } from '../../src/lab/section-tree.ts';

const stopped: Clock = { now: () => Date.UTC(2026, 10, 20), sleep: () => new Promise(() => {}) };

function made(persona: string): SimulatedDevice {
  const [spec] = planFleet({ devices: 1, platforms: [persona] });
  return new SimulatedDevice(spec!, findPersona(persona), 4_000, stopped);
}

/** Every line that stands alone, with the sections around it. */
function* leaves(nodes: readonly ConfigNode[], path: readonly string[] = []): Generator<[readonly string[], string]> {
  for (const { line, below } of nodes) {
    if (below.length === 0) yield [path, line];
    else yield* leaves(below, [...path, line]);
  }
}

/** Takes a line away and types it again. @returns false where the system does not take it away */
function awayAndBack(device: SimulatedDevice, away: readonly string[], back: readonly string[]): boolean {
  const before = device.running.text;
  try {
    device.configure(away);
  } catch {
    return false;
  }
  if (device.running.text === before) return false;
  device.configure(back);
  expect(device.running.text, back.join(' / ')).toBe(before);
  return true;
}

const styled = (style: string): string[] => labPlatforms.filter((id) => findPersona(id).edit.style === style);

describe.each(styled('lines'))('%s', (platform) => {
  it('prints a line that was taken away and typed again as before', () => {
    const device = made(platform);
    const { edit } = device.persona;
    let tried = 0;
    for (const [path, line] of leaves(parseTree(device.running.text, edit))) {
      const inside = path.filter((step) => edit.root?.includes(step) !== true);
      // In an access list a line that comes back is the last one, and not the same list.
      if (line.includes('\n') || edit.ordered?.test(inside.at(-1) ?? line) === true) continue;
      if (line.startsWith(edit.negate)) continue;
      if (awayAndBack(device, [...inside, edit.negate + line], [...inside, line])) tried += 1;
    }
    expect(tried).toBeGreaterThan(10);
  });
});

describe.each(styled('set'))('%s', (platform) => {
  it('prints what was deleted and set again as before', () => {
    const device = made(platform);
    const { edit } = device.persona;
    const root = edit.root === undefined ? '' : `${edit.root.join(' ')} `;
    let tried = 0;
    for (const line of asSetLines(device.running.text, { ...edit, quotes: false })
      .trim()
      .split('\n')) {
      const plain = line.replace(`set ${root}`, 'set ');
      if (line.includes('SECRET-DATA') || (root !== '' && plain === line)) continue;
      if (awayAndBack(device, [plain.replace(/^set/, 'delete')], [plain])) tried += 1;
    }
    expect(tried).toBeGreaterThan(10);
  });
});

it('keeps another order of an access list apart', () => {
  const device = made('cisco_ios');
  const before = device.running.text;
  const [first = ''] = /^access-list 101 .*$/m.exec(before) ?? [];
  device.configure([`no ${first}`]);
  device.configure([first]);
  expect(device.running.text).not.toBe(before);
  expect(device.running.text.split('\n').toSorted()).toEqual(before.split('\n').toSorted());
});
