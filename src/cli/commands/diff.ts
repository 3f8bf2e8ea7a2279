import { Command } from '@commander-js/extra-typings';
import type { ConfigurationStore, Version } from '#store';
import { colorDiff } from '../color-diff.ts';
import { example } from '../example.ts';
import { countOrNone } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { formatTime } from '../table.ts';
import { versionRecord } from '../version-record.ts';
import { findVersion, readVersionReference } from '../version-reference.ts';

export function diffCommand(runtime: Runtime) {
  return new Command('diff')
    .description('What changed in a configuration: last, since a time, or between two versions.')
    .argument('<older>', 'r1: its last change; r1@yesterday: since then')
    .argument('[newer]', 'r1@2026-01-31, or another device (default: the newest version)')
    .option('-U, --context <lines>', 'unchanged lines around each change', countOrNone)
    .addHelpText('after', example('diff r1', 'diff r1@yesterday', 'diff r1@2026-01-01 r1@2026-01-31', 'diff r1 r2'))
    .action(async (olderText, newerText, { context }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const store = await workspace.configurations();
      const reference = await readVersionReference(store, olderText);
      let older: Version | undefined = await findVersion(workspace, reference);
      let newer: Version;
      if (newerText !== undefined) newer = await findVersion(workspace, await readVersionReference(store, newerText));
      else if (reference.when !== undefined) newer = await findVersion(workspace, { ...reference, when: undefined });
      else {
        newer = older;
        older = await beforeLatest(store, reference.device);
      }
      const diff = await store.diff(older, newer, context === undefined ? {} : { context });
      screen.document({ older: older ? versionRecord(older) : null, newer: versionRecord(newer), diff });
      if (diff === '') {
        screen.note(`no difference between ${nameOf(older)} and ${nameOf(newer)}`);
        return;
      }
      screen.note(screen.errorColors.dim(`${nameOf(older)} -> ${nameOf(newer)}`));
      screen.printText(`${colorDiff(diff.replace(/\n$/, ''), screen.colors)}\n`);
    });
}

const beforeLatest = async (store: ConfigurationStore, device: string): Promise<Version | undefined> =>
  (await store.history(device, { limit: 2 }))[1];

const nameOf = (version: Version | undefined): string =>
  version === undefined
    ? 'nothing'
    : `${version.device} at ${formatTime(version.atMs)} (${version.commit.slice(0, 8)})`;
