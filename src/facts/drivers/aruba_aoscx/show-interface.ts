import type { Ask } from '../../ask.ts';
import { type Block, blocksIn } from '../reading/blocks.ts';

const command = 'show interface';
const management = 'show interface mgmt';

export interface Interfaces {
  readonly ports: readonly Block[];
  /** The fields of the management port, which the list of all does not have. */
  readonly mgmt: Block | undefined;
}

/** Ports, VLANs and aggregates, then the port for management. */
export async function interfacesOf(ask: Ask): Promise<Interfaces> {
  const [all, mgmt = ''] = await Promise.all([
    ask.text(command, { timeoutMs: 120_000 }),
    ask.text(management, { optional: true }),
  ]);
  const ports = blocksIn(ask, command, all, /^ ?(?:Interface|Aggregate) (\S{1,80}) is (up|down)\b(.{0,80})/);
  const lines = mgmt.split('\n', 100).map((line) => line.slice(0, 500).trim());
  const head = /^(Address Mode) *: ?(.*)/.exec(lines.find((line) => line.startsWith('Address Mode')) ?? '');
  if (head === null) return { ports, mgmt: undefined };
  ask.understood(management);
  return { ports, mgmt: { head, name: 'mgmt', lines, raw: lines } };
}
