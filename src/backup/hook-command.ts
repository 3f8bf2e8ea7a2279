import { spawn } from 'node:child_process';
import { NetwrightError } from '#core';
import { type HookNews, hookEnvironment } from './hook-event.ts';

/** How much of what a hook prints is kept for the message. */
const keptCharacters = 1_000;

/**
 * Runs the command through the shell, in the folder of the workspace, with the news in its environment. At the
 * deadline the command and all its children are ended.
 * @throws `NW_HOOK_FAILED`
 */
export async function runHookCommand(
  command: string,
  news: HookNews,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const failed = (what: string, cause?: unknown): NetwrightError =>
    new NetwrightError('NW_HOOK_FAILED', `hook "${command}" on ${news.event}: ${what}`, cause ? { cause } : {});
  const isWindows = process.platform === 'win32';
  const child = spawn(command, {
    shell: true,
    cwd: news.workspace,
    env: { ...withoutSecrets(process.env), ...hookEnvironment(news) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the shell started ends with it.
    detached: !isWindows,
    windowsHide: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-keptCharacters);
    });
  }
  const kill = (): void => {
    try {
      if (child.pid !== undefined && !isWindows) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch (error) {
      // ESRCH: it ended in this very moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, timeoutMs);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (isLate) throw failed(`not done within ${timeoutMs} ms`);
    if (code !== 0) throw failed(`ended with ${code ?? 'a signal'}: ${printed.trim()}`);
  } catch (error) {
    throw error instanceof NetwrightError ? error : failed((error as Error).message, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
}

/** A hook has no business with what opens the secrets. */
const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^NETWRIGHT_(?:IDENTITY|PASSPHRASE)|^NETBOX_TOKEN$/.test(name)),
  );
