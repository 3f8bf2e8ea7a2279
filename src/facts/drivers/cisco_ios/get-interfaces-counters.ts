import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { InterfaceCounters } from '../../model/interfaces.ts';
import { readIosLines } from './ios-lines.ts';
import { found, type InterfaceParagraph, interfaceParagraphs } from './show-interfaces.ts';

/**
 * Counters of `show interfaces`, drops of `show interface summary`. IOS counts what it received as packets in all and
 * "broadcasts (of which multicasts)"; unicast is what is left. Of what it sent, most releases tell the sum alone:
 * that stands as unicast, and the others are -1.
 */
export const getInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const [interfaces, summary] = await Promise.all([
    ask.text('show interfaces'),
    ask.text('show interface summary', { optional: true }),
  ]);
  const drops = summary === undefined ? new Map<string, Drops>() : dropsOf(ask, summary);
  return Object.fromEntries(
    interfaceParagraphs(ask, 'show interfaces', interfaces).map((paragraph) => [
      paragraph.name,
      { ...countersOf(paragraph), ...drops.get(paragraph.name) },
    ]),
  );
};

const number = (paragraph: InterfaceParagraph, pattern: RegExp): number => Number(found(paragraph, pattern) ?? -1);

function countersOf(paragraph: InterfaceParagraph): InterfaceCounters {
  const received = number(paragraph, /^(\d{1,20}) packets input\b/);
  const { broadcast, multicast } = broadcasts(paragraph, 'Received');
  const sent = number(paragraph, /^(\d{1,20}) packets output\b/);
  const sentOut = broadcasts(paragraph, 'Output');
  return {
    tx_errors: number(paragraph, /^(\d{1,20}) output errors\b/),
    rx_errors: number(paragraph, /^(\d{1,20}) input errors\b/),
    tx_discards: number(paragraph, /\bTotal output drops: (\d{1,20})/),
    rx_discards: number(paragraph, /^Input queue: \d{1,9}\/\d{1,9}\/(\d{1,20})\//),
    tx_octets: number(paragraph, /^\d{1,20} packets output, (\d{1,20}) bytes/),
    rx_octets: number(paragraph, /^\d{1,20} packets input, (\d{1,20}) bytes/),
    tx_unicast_packets: unicast(sent, sentOut),
    rx_unicast_packets: unicast(received, { broadcast, multicast }),
    tx_multicast_packets: sentOut.multicast,
    rx_multicast_packets: multicast,
    tx_broadcast_packets: sentOut.broadcast,
    rx_broadcast_packets: broadcast,
  };
}

interface Broadcasts {
  readonly broadcast: number;
  readonly multicast: number;
}

/** `Received 2388654 broadcasts (578107 multicasts)`: the first number holds the second. */
function broadcasts({ lines }: InterfaceParagraph, word: 'Received' | 'Output'): Broadcasts {
  for (const line of lines) {
    const match = /^(Received|Output) (\d{1,20}) broadcasts(?: \((\d{1,20}) (?:IP )?multicasts?\))?/.exec(line);
    if (match?.[1] !== word) continue;
    const all = Number(match[2]);
    const multicast = match[3] === undefined ? -1 : Number(match[3]);
    return { broadcast: multicast > 0 && all >= multicast ? all - multicast : all, multicast };
  }
  return { broadcast: -1, multicast: -1 };
}

const unicast = (all: number, { broadcast, multicast }: Broadcasts): number =>
  all < 0 ? -1 : Math.max(0, all - Math.max(0, broadcast) - Math.max(0, multicast));

interface Drops {
  readonly rx_discards: number;
  readonly tx_discards: number;
}

function dropsOf(ask: Ask, output: string): ReadonlyMap<string, Drops> {
  const drops = new Map<string, Drops>();
  readIosLines(ask, 'show interface summary', output, (line) => {
    const row = /^[* ] ?([A-Za-z][\w./:-]*) +\d+ +(\d+) +\d+ +(\d+)(?: +\d+){5}$/.exec(line);
    if (row !== null) drops.set(row[1] ?? '', { rx_discards: Number(row[2]), tx_discards: Number(row[3]) });
    return row !== null || /^ ?(?:\*:|[A-Z]{3,4}:)|^ +Interface +IHQ|^-{10}|^NOTE:/.test(line);
  });
  return drops;
}
