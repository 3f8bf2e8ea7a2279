import type { Configured } from './configured.ts';

/** The NTP servers, or peers, of the running configuration. */
export function ntpSources({ running }: Configured, kind: 'server' | 'peer' = 'server'): readonly string[] {
  const { text } = running;
  const inline = [...text.matchAll(new RegExp(`^ntp ${kind}(?: vrf \\S+)? (\\d\\S*)`, 'gm'))];
  // IOS XR and FastIron: `ntp`, and below it ` server 192.0.2.1`; Junos and VyOS in braces.
  const [, section = ''] = /^ *(?:ntp|service-ntp)(?: \{)?\n((?:[ \t]+.*\n)*)/m.exec(text) ?? [];
  const below = [...section.matchAll(new RegExp(`^\\s+${kind} (\\d[^\\s;{]*)`, 'gm'))];
  return [...new Set([...inline, ...below].map(([, address = '']) => address))];
}

export interface SnmpSettings {
  readonly contact: string;
  readonly location: string;
  readonly communities: readonly { readonly name: string; readonly mode: 'ro' | 'rw' }[];
}

/** SNMP as the lines of Cisco's and Arista's configurations have it. */
export function snmpSettings({ running }: Configured): SnmpSettings {
  const { text } = running;
  const word = (name: string): string => new RegExp(`^snmp-server ${name} (.*)$`, 'm').exec(text)?.[1] ?? '';
  return {
    contact: word('contact'),
    location: word('location'),
    communities: [...text.matchAll(/^snmp-server community (\S+)(?: (\S+))?/gm)].map(([, name = '', mode]) => ({
      name,
      mode: /rw/i.test(mode ?? '') ? 'rw' : 'ro',
    })),
  };
}
