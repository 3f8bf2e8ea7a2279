import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { readMac } from '../../values/mac.ts';
import { interfaceBlocks, isEnabled } from '../huawei_vrp/display-interface.ts';
import { command } from '../huawei_vrp/get-interfaces.ts';
import { type Block, lineIn } from '../reading/blocks.ts';

export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const blocks = interfaceBlocks(ask, command, await ask.text(command, { timeoutMs: 120_000 }));
  return Object.fromEntries(
    blocks.map((block) => [
      block.name,
      {
        is_up: /^UP\b/i.test(lineIn(block, /^Line protocol (?:current )?state ?: ?(\S.*)/i) ?? block.head[2] ?? ''),
        is_enabled: isEnabled(block),
        description: lineIn(block, /^Description ?: ?(.*)/) ?? '',
        last_flapped: readDuration(lineIn(block, /^Last link flapping: (\S.{0,80})/) ?? '') ?? -1,
        speed: megabitsOf(block),
        mtu: Number(
          lineIn(block, /\bMaximum (?:transmission unit|transmit unit|frame length)(?::| is) (\d{1,6})\b/i) ?? -1,
        ),
        mac_address: readMac(lineIn(block, /\bhardware address(?::| is) ([0-9a-f-]{14})\b/i) ?? '') ?? '',
      },
    ]),
  );
};

/** The speed of a link that is up; else the bandwidth, unless the port says that it does not know its speed. */
function megabitsOf(block: Block): number {
  const [, amount, unit] = /^(\d{1,7})([MG])/.exec(lineIn(block, /^(\d{1,7}[MG])bps-speed mode/) ?? '') ?? [];
  if (amount !== undefined) return Number(amount) * (unit === 'G' ? 1000 : 1);
  const kbits = lineIn(block, /^Bandwidth: (\d{1,12}) ?kbps/i);
  const isUnknown = lineIn(block, /^(Unknown-speed) mode/i) !== undefined;
  return kbits === undefined || isUnknown ? -1 : Number(kbits) / 1000;
}
