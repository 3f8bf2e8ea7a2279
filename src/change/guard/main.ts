/** The process behind {@link spawnGuard}. It is told what to do on its standard input, and says when it is ready. */
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { createLogger } from '#core';
import { openWorkspace } from '#workspace';
import type { GuardOrder } from './spawn-guard.ts';
import { watchChanges } from './watch.ts';

const { folder, change, owner, log, identities } = JSON.parse(await text(process.stdin)) as GuardOrder;
await using workspace = await openWorkspace({
  folder,
  env: { ...process.env, NETWRIGHT_IDENTITY: identities.join('\n') },
});
const logger = createLogger({ level: 'info', redactor: workspace.redactor });
const stop = new AbortController();
let settled = 0;
// The terminal it was started from is not its own: closing that, or Ctrl-C there, is meant for others.
for (const name of ['SIGHUP', 'SIGINT'] as const) process.on(name, () => undefined);
process.on('SIGTERM', () => stop.abort());
process.stdout.on('error', () => undefined);
process.stdout.write('ready\n');
await watchChanges(workspace, {
  ...{ id: change, applier: owner, signal: stop.signal },
  onSettled: ({ device, ok, value, error }) => {
    settled += 1;
    logger.info({ change, device, state: value, code: error?.code }, ok ? 'settled' : error.message);
  },
});
logger.info({ change }, 'nothing left to guard');
// A log of nothing is of no use to anybody.
if (settled === 0) await rm(log, { force: true });
