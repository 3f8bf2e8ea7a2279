import type { Ask } from '../../ask.ts';
import { entryOf } from '../../values/entry.ts';
import type { JsonObject } from '../reading/json.ts';

type Fields = Record<string, string | { address: string }[]>;

/** Reads `show interface` of releases that have no JSON for it, into the words of those that do. */
export function interfacesInText(ask: Ask, command: string, output: string): Readonly<Record<string, JsonObject>> {
  const interfaces: Record<string, Fields> = {};
  let fields: Fields | undefined;
  for (const [index, raw] of output.split('\n').entries()) {
    const line = raw.trimEnd();
    const [, name, status, protocol] =
      /^Interface (\S+) is (up|down)(?:, line protocol is (up|down))?/.exec(line) ?? [];
    if (name !== undefined && status !== undefined) {
      fields = entryOf<Fields>(interfaces, name, () => ({}));
      fields['administrativeStatus'] = status;
      fields['operationalStatus'] = protocol ?? status;
      ask.understood(command);
    } else if (fields !== undefined && /^\s/.test(line)) readField(fields, line.trim());
    else if (line !== '') ask.warn({ command, line, number: index + 1, reason: 'unknown line' });
  }
  return interfaces;
}

function readField(fields: Fields, line: string): void {
  const [, mtu] = /\bmtu (\d+)/.exec(line) ?? [];
  const [, speed] = /\bspeed (\d+)/.exec(line) ?? [];
  const [, key, text] = /^(vrf|Description|HWaddr): (.*)$/.exec(line) ?? [];
  const [, address] = /^inet6? (\S+)/.exec(line) ?? [];
  if (mtu !== undefined) fields['mtu'] = mtu;
  if (speed !== undefined) fields['speed'] = speed;
  if (key !== undefined && text !== undefined) fields[names[key]!] = text;
  if (address === undefined) return;
  const known = fields['ipAddresses'];
  fields['ipAddresses'] = [...(Array.isArray(known) ? known : []), { address }];
}

const names: Readonly<Record<string, string>> = {
  vrf: 'vrfName',
  Description: 'description',
  HWaddr: 'hardwareAddress',
};
