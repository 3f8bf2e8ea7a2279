import { Command } from '@commander-js/extra-typings';
import { decodeText, encodeText } from '#core';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { versionRecord } from '../version-record.ts';
import { findVersion, readVersionReference } from '../version-reference.ts';

export function showCommand(runtime: Runtime) {
  return new Command('show')
    .description('Print a configuration as it was stored, now or at any time.')
    .argument('<device>', 'r1, r1@yesterday, r1@2026-01-31T10:00 or r1@<commit>')
    .option('--sealed', 'the full text with its secrets, to restore a dead device; needs the identity')
    .addHelpText('after', example('show r1', 'show "r1@2 hours ago"', 'show r1@yesterday --sealed > r1.txt'))
    .action(async (reference, { sealed }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const store = await workspace.configurations();
      const version = await findVersion(workspace, await readVersionReference(store, reference));
      if (sealed) {
        const { readSealed } = await import('#backup');
        const bytes = await readSealed(workspace, version);
        // The person asked for the secrets; the redactor would make the text useless.
        if (screen.isJson)
          screen.documentWithSecrets({ ...versionRecord(version), sealed: true, text: decodeText(bytes) });
        else screen.printRaw(bytes);
        return;
      }
      const text = decodeText(await store.read(version));
      screen.document({ ...versionRecord(version), text: encodeText(text).toString('utf8') });
      screen.printText(text);
    });
}
