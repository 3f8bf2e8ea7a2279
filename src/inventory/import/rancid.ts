import type { Layer } from '../resolve-device.ts';
import { Cloginrc } from './cloginrc.ts';
import { Draft, type ImportedInventory, type ImportOptions, importError } from './draft.ts';
import { rancidTypes } from './foreign-platforms.ts';
import { checkAddress, readSource, shownWord } from './read-source.ts';

/**
 * Reads `router.db` of RANCID (`host;type;state;comment`, or `host:type:state` of versions before 3) with the
 * `.cloginrc` beside it. Devices that are not `up` are written as comments.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line
 */
export async function importRancid(
  options: ImportOptions & {
    readonly routerDb: string;
    readonly cloginrc?: string;
    /** The RANCID group, which becomes a group of all devices. */
    readonly group?: string;
  },
): Promise<ImportedInventory> {
  const file = options.routerDb;
  const draft = new Draft('Imported from RANCID.', options);
  if (options.cloginrc === undefined) {
    draft.warn({ file, line: 1 }, 'no .cloginrc was given (--cloginrc), so no login is taken over');
  }
  const cloginrc = options.cloginrc === undefined ? undefined : await Cloginrc.read(options.cloginrc, draft);
  const group = options.group === undefined ? undefined : draft.name(options.group, { file, line: 1 }, 'group');
  if (group !== undefined) draft.group(group, {});
  for (const [index, line] of (await readSource(file)).split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const origin = { file, line: index + 1 };
    const isNew = line.includes(';');
    await draft.row(async () => {
      const [host = '', type = '', state = '', ...comment] = line.split(isNew ? ';' : ':').map((one) => one.trim());
      if (host === '' || type === '') throw importError(origin, 'expected host;type;state or host:type:state');
      checkAddress(host, 'host', origin);
      const name = draft.name(host.replace(/:/g, '-'), origin, 'device');
      const word = type.toLowerCase();
      const known = Object.hasOwn(rancidTypes, word) ? rancidTypes[word] : undefined;
      const platform = known ?? 'auto';
      const comments = comment.join(isNew ? ';' : ':') === '' ? [] : [comment.join(isNew ? ';' : ':')];
      if (platform === 'auto') {
        draft.warn(
          origin,
          `the RANCID type ${shownWord(type)} corresponds to no platform here; it is left to be detected`,
        );
        comments.push(`RANCID type: ${shownWord(type)}`);
      }
      const isOff = state.toLowerCase() !== 'up';
      if (isOff) comments.push(`RANCID state: ${state === '' ? 'none' : state}`);
      const { login, layer } = (await cloginrc?.host(host, draft)) ?? { login: undefined, layer: {} };
      const whole: Layer = {
        ...(name === host ? undefined : { address: host }),
        platform,
        ...layer,
        ...(login === undefined ? undefined : { credential: draft.credential(login) }),
        ...(group === undefined ? undefined : { groups: [group] }),
      };
      draft.device(name, whole, origin, { comments, isOff });
    });
  }
  return draft.finish();
}
