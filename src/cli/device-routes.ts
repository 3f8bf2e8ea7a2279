import { encodeText, NetwrightError } from '#core';
import type { CommandOutput } from '#device';
import type { Device } from '#inventory';
import type { Task } from '#runner';
import { type FailedOutcome, reportFailures } from './failures.ts';
import { Progress } from './progress.ts';
import type { Runtime } from './runtime.ts';
import { counted } from './table.ts';

/** How a file is named that is no file: the table of a device of the inventory, or of all that a selection means. */
const scheme = 'device:';
export const isDeviceInput = (input: string): boolean => input.startsWith(scheme);
export const deviceInputHelp = "device:r1 or 'device:role:edge' asks routers of the inventory for their BGP tables";

/** A table of a million prefixes takes minutes at a router's command line. */
const tableTimeoutMs = 900_000;
/** As much as a text of JavaScript holds: some six million lines of `show ip bgp`. */
const mostOutputBytes = 512 << 20;
/** More than that is asked for as text: JSON of FRR takes some four hundred bytes a path, text ninety. */
const mostJsonEntries = 400_000;
/** Of Junos a path takes three lines; of more than that only those are asked for that are in use. */
const mostJunosRoutes = 2_000_000;

interface Commands {
  /** Says which AS the router is of, and how many entries its table has. */
  readonly summary: string;
  readonly tables: readonly string[];
  /** What is asked for instead of a table with more entries than that. */
  readonly large?: { readonly above: number; readonly tables: readonly string[] };
}

const ciscoCommands: Commands = {
  summary: 'show bgp ipv4 unicast summary',
  tables: ['show bgp ipv4 unicast', 'show bgp ipv6 unicast'],
};

const junosTables = ['inet.0', 'inet6.0'];

/** By platform what is typed; all that print a table as the readers of routes know it. */
const commands: Readonly<Record<string, Commands>> = {
  frr: {
    summary: 'show bgp ipv4 unicast summary',
    tables: ['show bgp ipv4 unicast json', 'show bgp ipv6 unicast json'],
    large: { above: mostJsonEntries, tables: ['show bgp ipv4 unicast', 'show bgp ipv6 unicast'] },
  },
  cisco_ios: ciscoCommands,
  cisco_xe: ciscoCommands,
  cisco_xr: ciscoCommands,
  cisco_nxos: ciscoCommands,
  arista_eos: { summary: 'show ip bgp summary', tables: ['show ip bgp', 'show ipv6 bgp'] },
  juniper_junos: {
    summary: 'show route summary',
    tables: junosTables.map((table) => `show route protocol bgp table ${table}`),
    large: {
      above: mostJunosRoutes,
      tables: junosTables.map((table) => `show route protocol bgp table ${table} active-path`),
    },
  },
};

/** A table as `buildAtlas` takes it. */
interface DeviceTable {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Asks the devices that `input` (`device:<selection>`) means for their BGP tables, each as a vantage point of its own.
 * What some of them refuse is told on stderr.
 * @throws NetwrightError `NW_USAGE`, `NW_SELECT_EMPTY` when it means none; the error of the first device when all fail.
 */
export async function readDeviceTables(runtime: Runtime, input: string): Promise<readonly DeviceTable[]> {
  const { screen, signal } = runtime;
  const selection = input.slice(scheme.length).trim();
  if (selection === '')
    throw new NetwrightError('NW_USAGE', `${input}: expected a device or a selection behind the colon`);
  const workspace = await runtime.workspace();
  const [{ run }, { runDefaults }, { routerTable }] = await Promise.all([
    import('#runner'),
    import('#workspace'),
    import('#internet'),
  ]);
  const devices = (await workspace.inventory()).select(selection).map(withRoom);
  const found: DeviceTable[] = [];
  const failures: FailedOutcome[] = [];
  {
    await using progress = await Progress.start(screen, 'routes');
    const outcomes = run(devices, askForTables, await workspace.connector(), {
      ...runDefaults(workspace.settings),
      jobTimeoutMs: tableTimeoutMs * 2,
      signal,
      onEvent: progress.onEvent,
    });
    for await (const outcome of outcomes) {
      if (!outcome.ok) {
        failures.push(outcome);
        continue;
      }
      const name = `${scheme}${outcome.device}`;
      const { summary, tables } = outcome.value;
      const { bytes, asn, routeCount, notes } = await routerTable(
        { name, summary, tables: tables.map(encodeText) },
        signal,
      );
      for (const note of notes) screen.note(screen.errorColors.dim(note));
      screen.note(
        screen.errorColors.dim(`${name}: ${counted(routeCount, 'route')}${asn === undefined ? '' : ` of AS${asn}`}`),
      );
      found.push({ name, bytes });
    }
  }
  if (found.length === 0) throw failures[0]!.error;
  reportFailures(screen, failures);
  if (failures.length > 0) runtime.someFailed();
  // Whichever answered first: the same tables make the same graph.
  const places = new Map(devices.map(({ name }, at) => [`${scheme}${name}`, at]));
  return found.toSorted((one, other) => places.get(one.name)! - places.get(other.name)!);
}

/** Tables are larger than what one command may print usually. */
function withRoom(device: Device): Device {
  const { connection } = device;
  const maxOutputBytes = Math.max(connection.maxOutputBytes ?? 0, mostOutputBytes);
  return { ...device, connection: { ...connection, maxOutputBytes } };
}

interface Answers {
  readonly summary: string;
  readonly tables: readonly string[];
}

const askForTables: Task<Answers> = async ({ device, connect, signal }) => {
  const session = await connect();
  const { id } = session.platform;
  const known = commands[id];
  if (known === undefined) {
    throw new NetwrightError('NW_NOT_SUPPORTED', `${device.name} (${id}): its BGP table cannot be read`, {
      hint: `It can of ${Object.keys(commands).join(', ')}; of others by BMP, or from an MRT file that they write.`,
    });
  }
  const options = { signal, timeoutMs: tableTimeoutMs, rejectFailures: false };
  const [summary] = await session.sendAll([known.summary], options);
  const wanted =
    known.large !== undefined && entriesOf(summary!.text) > known.large.above ? known.large.tables : known.tables;
  const outputs: CommandOutput[] = [];
  // One after the other: a router has enough to do with one.
  for (const command of wanted) outputs.push(...(await session.sendAll([command], options)));
  const tables = outputs.filter(({ failure, text }) => failure === undefined && hasRoutes(text));
  if (tables.length > 0) return { summary: summary!.text, tables: tables.map(({ text }) => text) };
  const said = outputs.map(({ command, text }) => `"${command}" → ${JSON.stringify(firstWords(text))}`);
  throw new NetwrightError('NW_COMMAND_REJECTED', `${device.name} (${id}): no BGP routes: ${said.join(', ')}`, {
    details: { commands: wanted },
  });
};

/** `RIB entries 1874321` of FRR; of Junos the larger of its two tables, hidden routes left out. */
function entriesOf(summary: string): number {
  const found = summary.matchAll(/\bRIB entries (\d+)|^inet6?\.0: \d+ destinations?, (\d+) routes?/gm);
  return Math.max(0, ...Array.from(found, ([, frr, junos]) => Number(frr ?? junos)));
}

/** A family that is not configured is a line of words, an object without routes, or a table without a path. */
const hasRoutes = (text: string): boolean =>
  text.trimStart().startsWith('{')
    ? /"routes": ?\{\s*"/.test(text.slice(0, 4096))
    : /\bNext Hop\b|^ +AS path: /m.test(text.slice(0, 4096));

const firstWords = (text: string): string => text.trim().split('\n', 1)[0]!.slice(0, 100);
