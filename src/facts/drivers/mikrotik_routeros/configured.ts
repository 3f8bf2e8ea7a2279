import type { ReadFacts } from '../../define-facts.ts';
import { entryOf } from '../../values/entry.ts';
import { withoutSecrets } from '../reading/sanitize.ts';
import { itemsOf } from './items.ts';

const levels: Readonly<Record<string, number>> = { full: 15, write: 10, read: 1 };

/** Passwords never leave the device, and of keys it tells no more than whose they are. */
export const getUsers: ReadFacts<'get_users'> = async (ask) =>
  Object.fromEntries(
    (await itemsOf(ask, '/user'))
      .filter(({ flags, fields }) => fields.has('name') && !flags.includes('X'))
      .map(({ fields }) => [
        fields.get('name') ?? '',
        { level: levels[fields.get('group') ?? ''] ?? 1, password: '', sshkeys: [] },
      ]),
  );

/** VLANs that bridges filter, and those that are interfaces of their own, by the names of these. */
export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const [filtered = [], interfaces] = await Promise.all([
    itemsOf(ask, '/interface bridge vlan', { optional: true }),
    itemsOf(ask, '/interface vlan'),
  ]);
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  const add = (id: string, name: string, ports: readonly string[]): void => {
    const vlan = entryOf(vlans, id, () => ({ name: '', interfaces: [] as string[] }));
    vlan.name ||= name;
    for (const port of ports) if (port !== '' && !vlan.interfaces.includes(port)) vlan.interfaces.push(port);
  };
  for (const { comment, fields } of filtered) {
    const ports = ['tagged', 'untagged', 'current-tagged', 'current-untagged'].flatMap(
      (name) => fields.get(name)?.split(',') ?? [],
    );
    for (const id of idsIn(fields.get('vlan-ids') ?? '')) add(id, comment, ports);
  }
  for (const { flags, fields } of interfaces) {
    const id = fields.get('vlan-id') ?? '';
    if (/^\d{1,4}$/.test(id) && !flags.includes('X'))
      add(id, fields.get('name') ?? '', [fields.get('interface') ?? '']);
  }
  return vlans;
};

/** `10,20-22`. */
const idsIn = (text: string): string[] =>
  text.split(',').flatMap((range) => {
    const [, first = '0', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range) ?? [];
    const from = Number(first);
    const length = Math.min(Number(last), 4094) - from + 1;
    return from === 0 || length < 1 ? [] : Array.from({ length }, (_, at) => String(from + at));
  });

/** What runs is what is kept: there is neither a start-up configuration nor a candidate. */
export const getConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized }) => {
  const command = full ? '/export verbose' : '/export';
  if (retrieve !== 'all' && retrieve !== 'running') return { running: '', candidate: '', startup: '' };
  const text = (await ask.text(command, { timeoutMs: 180_000 })).replaceAll('\r', '').trim();
  ask.understood(command);
  return { running: sanitized ? withoutSecrets(text, ask.platform) : text, candidate: '', startup: '' };
};
