import { Command } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { formatTime } from '../table.ts';
import { findVersion, readVersionReference } from '../version-reference.ts';

export function blameCommand(runtime: Runtime) {
  return new Command('blame')
    .description('When each line of a configuration came, and with which run.')
    .argument('<device>', 'r1, or a version of it: r1@yesterday')
    .addHelpText('after', example('blame r1', 'blame r1 | grep "ip helper"'))
    .action(async (reference) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const store = await workspace.configurations();
      const version = await findVersion(workspace, await readVersionReference(store, reference));
      const lines = await store.blame(version);
      screen.document({
        device: version.device,
        commit: version.commit,
        lines: lines.map(({ line, text, version: { commit, atMs, author, reason } }) => ({
          line,
          text,
          commit,
          at: new Date(atMs).toISOString(),
          author,
          reason,
        })),
      });
      const { dim, yellow } = screen.colors;
      const width = String(lines.length).length;
      for (const { line, text, version: origin } of lines) {
        if (screen.isClosed) return;
        const when = `${yellow(origin.commit.slice(0, 8))} ${formatTime(origin.atMs)}`;
        screen.printText(`${when} ${dim(`${String(line).padStart(width)}|`)} ${text}\n`);
      }
    });
}
