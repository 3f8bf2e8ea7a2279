import type { ReadFacts } from '../../define-facts.ts';
import type { Interface } from '../../model/interfaces.ts';
import { readMac } from '../../values/mac.ts';
import { type Block, lineIn } from '../reading/blocks.ts';
import { interfaceBlocks, isEnabled } from './display-interface.ts';

export const command = 'display interface';

export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const blocks = interfaceBlocks(ask, command, await ask.text(command, { timeoutMs: 120_000 }));
  return Object.fromEntries(blocks.map((block) => [block.name, interfaceOf(block)]));
};

const interfaceOf = (block: Block): Interface => ({
  is_up: /^UP\b/i.test(lineIn(block, /^Line protocol (?:current )?state ?: ?(\S.*)/i) ?? block.head[2] ?? ''),
  is_enabled: isEnabled(block),
  description: lineIn(block, /^Description ?: ?(.*)/) ?? '',
  last_flapped: flappedS(block),
  speed: megabitsOf(block),
  mtu: Number(lineIn(block, /\b(?:Maximum Transmit Unit|MTU|Maximum Frame Length) is (\d{1,6})\b/) ?? -1),
  mac_address: readMac(lineIn(block, /\bHardware address is ([0-9a-f-]{14})\b/i) ?? '') ?? '',
});

/** `Speed : 1000,` of a port, `Current BW: 20G` of a trunk. */
function megabitsOf(block: Block): number {
  const speed = lineIn(block, /^Speed ?: {0,40}(\d{1,7})\b/);
  if (speed !== undefined) return Number(speed);
  const [, amount, unit] = /^(\d{1,7})([MG])$/.exec(lineIn(block, /\bCurrent BW ?: ?(\d{1,7}[MG])\b/) ?? '') ?? [];
  return amount === undefined ? -1 : Number(amount) * (unit === 'G' ? 1000 : 1);
}

/** The later change of the two, against the clock of the device itself: all three are in the same zone. */
function flappedS(block: Block): number {
  const now = secondsOf(lineIn(block, /^Current system time ?: ?(\S.{18})/));
  const changes = [
    secondsOf(lineIn(block, /^Last physical up time {0,5}: ?(\S.{18})/)),
    secondsOf(lineIn(block, /^Last physical down time {0,5}: ?(\S.{18})/)),
  ].filter((one) => one !== undefined);
  return now === undefined || changes.length === 0 ? -1 : Math.max(0, now - Math.max(...changes));
}

function secondsOf(text = ''): number | undefined {
  const milliseconds = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
