import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { readMac } from '../../values/mac.ts';
import { type Block, blocksIn, lineIn } from '../reading/blocks.ts';

const command = 'show interfaces';
const head =
  /^ ?([A-Za-z0-9][\w./-]{1,60}(?: \w[\w./-]{0,40})?) is (up|down|disabled|empty|[a-z -]{2,30}), line protocol is (\w+)/;

export const interfacesOf = async (ask: Ask): Promise<Block[]> =>
  blocksIn(ask, command, await ask.text(command, { timeoutMs: 120_000 }), head);

export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) =>
  Object.fromEntries(
    (await interfacesOf(ask)).map((port) => [
      port.name,
      {
        is_up: port.head[3] === 'up',
        is_enabled: port.head[2] !== 'disabled',
        description: lineIn(port, /^Port name is (.*)/) ?? '',
        last_flapped: readDuration(lineIn(port, /^Port (?:up|down) for (\S.{0,80})$/) ?? '') ?? -1,
        speed: megabitsOf(port),
        mtu: Number(lineIn(port, /\bMTU (\d{1,6}) bytes/) ?? -1),
        mac_address: readMac(lineIn(port, /\baddress is ([0-9a-f.]{14})\b/) ?? '') ?? '',
      },
    ]),
  );

/** `actual 1Gbit`, `actual 100Mbit`, `actual 2.5Gbit`. */
function megabitsOf(port: Block): number {
  const speed = lineIn(port, /^Configured speed .{1,30}?, actual ([\d.]{1,6}[GM])bit/);
  const [, amount, unit] = /^([\d.]{1,6})([GM])$/.exec(speed ?? '') ?? [];
  return amount === undefined ? -1 : Number(amount) * (unit === 'G' ? 1000 : 1);
}

/**
 * Tables and the configuration call ports by their numbers, `show interfaces` by their kind as well: this gives the
 * name of the latter.
 */
export async function portNames(ask: Ask): Promise<(number: string) => string> {
  const names = new Map<string, string>();
  for (const { name } of await interfacesOf(ask)) {
    const number = /^\d*[A-Z][A-Za-z]*?(?:thernet|GigE)(?:mgmt)?(\d[\d/]*)$/.exec(name)?.[1];
    if (number !== undefined && !name.includes('mgmt')) names.set(number, name);
    names.set(name.toLowerCase().replaceAll(' ', ''), name);
  }
  return (told) => {
    const word = told
      .trim()
      .replace(/^(?:ethernet|ethe|eth|e) ?(?=\d)/i, '')
      .replace(/\*.*$/, '');
    return names.get(word) ?? names.get(word.toLowerCase().replaceAll(' ', '')) ?? word;
  };
}
