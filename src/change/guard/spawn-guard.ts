import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NetwrightError } from '#core';
import type { Workspace } from '#workspace';

/** What a guard is told on its standard input. */
export interface GuardOrder {
  readonly folder: string;
  readonly change: string;
  /** Who applies it: as long as that one is there, the guard stays. */
  readonly owner: string;
  /** The file that its standard error goes to. */
  readonly log: string;
  /** Age identities that open the secrets: the guard has nobody to ask for a passphrase. */
  readonly identities: readonly string[];
}

const startMs = 20_000;

/**
 * Starts the guard of a change: a process of its own, in a group of its own, that outlives this one. It does nothing
 * while somebody alive is at work, takes over what a dead process left, takes back in time what nobody confirmed, and
 * ends when nothing of the change is open. It is there, and has said so, when this resolves.
 *
 * @throws `NW_INTERNAL` when it does not start: a change whose promises nobody would keep must not begin
 */
export async function spawnGuard(
  workspace: Workspace,
  change: string,
  owner: string,
): Promise<{ readonly pid: number }> {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(isSource ? './main.ts' : './main.js', import.meta.url));
  const conditions = isSource
    ? ['--conditions=source']
    : process.execArgv.filter((flag) => flag.startsWith('--conditions'));
  const path = workspace.path('.netwright', 'guards', `${change}.log`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const log = openSync(path, 'a', 0o600);
  const order: GuardOrder = {
    ...{ folder: workspace.folder, change, owner, log: path },
    identities: await workspace.credentials.identities(),
  };
  const child = spawn(process.execPath, [...conditions, '--disable-warning=ExperimentalWarning', entry, change], {
    detached: true,
    stdio: ['pipe', 'pipe', log],
    windowsHide: true,
  });
  closeSync(log);
  try {
    // A process that could not be started has no standard input: that is said by the event below.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(order));
    const ready = once(child.stdout ?? child, 'data', { signal: AbortSignal.timeout(startMs) });
    const gone = once(child, 'exit').then(([code]: unknown[]) => {
      throw new Error(`it ended with ${String(code)}, see ${path}`);
    });
    await Promise.race([
      ready,
      gone,
      once(child, 'error').then(([error]: unknown[]) => Promise.reject(error as Error)),
    ]);
  } catch (error) {
    child.kill('SIGKILL');
    throw new NetwrightError(
      'NW_INTERNAL',
      `the guard of change ${change} did not start: ${(error as Error).message}`,
      {
        cause: error,
        hint: 'nothing was changed; without a guard: --set change.guard=false, and `netwright change watch` beside it',
      },
    );
  }
  child.stdout?.destroy();
  child.unref();
  return { pid: child.pid ?? 0 };
}
