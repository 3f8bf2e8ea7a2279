import type { ReadFacts } from '../../define-facts.ts';
import type { ProbesConfig } from '../../model/services.ts';
import { readIosLines } from './ios-lines.ts';

const command = 'show run | section ip sla [0-9]';

const types: Readonly<Record<string, string>> = {
  'icmp-echo': 'icmp-ping',
  'icmp-jitter': 'icmp-ping-timestamp',
  'udp-echo': 'udp-ping',
  'udp-jitter': 'udp-ping-timestamp',
  'tcp-connect': 'tcp-ping',
  'http get': 'http-get',
};

interface Operation {
  readonly id: string;
  type: string;
  target: string;
  source: string;
  tag: string;
  frequency: number;
  buckets: number;
}

/** IP SLA operations by number, then tag. Where nothing is written, the defaults of IOS hold: 60 s, 15 buckets. */
export const getProbesConfig: ReadFacts<'get_probes_config'> = async (ask) => {
  const operations: Operation[] = [];
  readIosLines(ask, command, await ask.text(command), (line) => {
    const id = /^ip sla (\d{1,10})$/.exec(line)?.[1];
    if (id !== undefined) {
      operations.push({ id, type: '', target: '', source: '', tag: '', frequency: 60, buckets: 15 });
      return true;
    }
    const last = operations.at(-1);
    if (!/^\s/.test(line) || last === undefined) return /^ip sla /.test(line);
    readStatement(last, line.trim());
    return true;
  });
  const value: Record<string, ProbesConfig[string]> = {};
  for (const { id, type, target, source, tag, frequency, buckets } of operations) {
    if (type === '') ask.warn({ command, line: `ip sla ${id}`, reason: 'no operation that NAPALM has a name for' });
    value[id] = { [tag]: { probe_type: type, target, source, probe_count: buckets, test_interval: frequency } };
  }
  return value;
};

function readStatement(operation: Operation, statement: string): void {
  const [, kind, target = '', rest = ''] =
    /^(icmp-echo|icmp-jitter|udp-echo|udp-jitter|tcp-connect|http get) (\S{1,255})(.*)$/.exec(statement) ?? [];
  if (kind !== undefined) {
    operation.type = types[kind] ?? '';
    operation.target = target;
    operation.source = / source-(?:interface|ip) (\S+)/.exec(rest)?.[1] ?? '';
  }
  operation.tag = /^tag (.+)/.exec(statement)?.[1] ?? operation.tag;
  operation.frequency = Number(/^frequency (\d{1,7})$/.exec(statement)?.[1] ?? operation.frequency);
  operation.buckets = Number(/^history buckets-kept (\d{1,4})$/.exec(statement)?.[1] ?? operation.buckets);
}
