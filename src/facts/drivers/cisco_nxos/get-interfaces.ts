import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Interface, Interfaces } from '../../model/interfaces.ts';
import { readDuration } from '../../values/duration.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asNumber, asText } from '../../values/json.ts';
import { readMac } from '../../values/mac.ts';
import { firstJson, rowsOf } from './nx-json.ts';

const command = 'show interface';

/** `last_flapped` is the moment, in seconds since 1970, as far as "2week(s) 3day(s)" tells it. */
export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const answer = await firstJson(ask, command);
  if (answer === undefined) return textInterfaces(ask, await ask.text(command));
  return Object.fromEntries(
    rowsOf(answer, 'interface').map((row) => [asText(row['interface']), interfaceOf(row, ask.nowMs)]),
  );
};

/** Ports have their fields with `eth_`, VLAN interfaces with `svi_`. */
function interfaceOf(row: Readonly<Record<string, unknown>>, nowMs: number): Interface {
  const either = (...names: readonly string[]): string => {
    const name = names.find((one) => row[one] !== undefined);
    return name === undefined ? '' : asText(row[name]);
  };
  const kbits = asNumber(either('eth_bw', 'svi_bw'), -1);
  // An administratively disabled port says so by its reason where `admin_state` is missing (6.0).
  const isDown = /admin/i.test(either('state_rsn_desc', 'svi_rsn_desc'));
  return {
    is_up: either('state', 'svi_line_proto') === 'up',
    is_enabled:
      row['admin_state'] === undefined && row['svi_admin_state'] === undefined
        ? !isDown
        : either('admin_state', 'svi_admin_state') === 'up',
    description: either('desc', 'svi_desc'),
    last_flapped: flappedAt(either('eth_link_flapped'), nowMs),
    speed: kbits < 0 ? -1 : kbits / 1000,
    mtu: Math.trunc(asNumber(either('eth_mtu', 'svi_mtu'), -1)),
    mac_address: readMac(either('eth_hw_addr', 'svi_mac')) ?? '',
  };
}

function flappedAt(ago: string, nowMs: number): number {
  const seconds = readDuration(ago);
  return seconds === undefined ? -1 : Math.floor(nowMs / 1000) - seconds;
}

/** `Ethernet2/1 is up`, `Vlan1 is down (Administratively down), line protocol is down`. */
const head = /^([A-Za-z][A-Za-z-]{1,20}\d[\d/.]*) is (up|down)(?: \(([^)]{1,80})\))?(?:, line protocol is (up|down))?/;

function textInterfaces(ask: Ask, output: string): Interfaces {
  const interfaces: Record<string, { -readonly [K in keyof Interface]: Interface[K] }> = {};
  let last: (typeof interfaces)[string] | undefined;
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trimEnd();
    const [, name, state, reason = '', protocol] = head.exec(line) ?? [];
    if (name !== undefined) {
      last = {
        is_up: (protocol ?? state) === 'up',
        is_enabled: !/^Administratively down/i.test(reason),
        description: '',
        last_flapped: -1,
        speed: -1,
        mtu: -1,
        mac_address: '',
      };
      interfaces[longInterfaceName(name)] = last;
    } else if (last !== undefined) readDetail(last, line.trim(), ask.nowMs);
    else if (line !== '') ask.warn({ command, line, number, reason: 'belongs to no interface' });
  }
  ask.understood(command);
  return interfaces;
}

function readDetail(one: { -readonly [K in keyof Interface]: Interface[K] }, line: string, nowMs: number): void {
  const admin = /^admin state is (up|down)/.exec(line)?.[1];
  if (admin !== undefined) one.is_enabled = admin === 'up';
  one.description = /^Description: (.*)/.exec(line)?.[1] ?? one.description;
  const [, mtu, kbits] = /^MTU (\d{1,6}) bytes, +BW (\d{1,12}) Kbit/.exec(line) ?? [];
  if (mtu !== undefined) Object.assign(one, { mtu: Number(mtu), speed: Number(kbits) / 1000 });
  const mac = /^Hardware(?:: .{1,60}, address:| is .{1,60}, address is) +([0-9a-f.]{14})\b/.exec(line)?.[1];
  if (mac !== undefined) one.mac_address = readMac(mac) ?? '';
  const ago = /^Last link flapped (.{1,60})/.exec(line)?.[1];
  if (ago !== undefined) one.last_flapped = flappedAt(ago, nowMs);
}
