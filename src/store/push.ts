import { spawn } from 'node:child_process';
import { unescape as decodePercent } from 'node:querystring';
import { abortError, NetwrightError, type Redactor, withDeadline } from '#core';
import { gitEnd } from './git-process.ts';
import type { Repository } from './repository.ts';

export interface PushOptions {
  readonly remote: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly redactor?: Redactor | undefined;
}

/**
 * Pushes the branch. Here the user's own git configuration counts, with its credential helpers, URL rewrites and SSH
 * set-up; but git never asks on a terminal.
 * @throws `NW_PUSH_FAILED` with git's words, redacted.
 */
export async function push(repository: Repository, options: PushOptions): Promise<void> {
  const { remote, timeoutMs, signal } = options;
  const words = (text: string): string => {
    const bare = withoutUrlCredentials(text);
    return options.redactor?.redact(bare) ?? bare;
  };
  if (remote.startsWith('-')) throw new NetwrightError('NW_PUSH_FAILED', `"${words(remote)}" is no remote`);
  const late = (): NetwrightError =>
    new NetwrightError('NW_PUSH_FAILED', `${words(remote)} did not take the push within ${timeoutMs} ms`);
  await withDeadline({ timeoutMs, ...(signal ? { signal } : {}) }, late, async (inner) => {
    const refspec = `${repository.ref}:${repository.ref}`;
    const { url, environment } = outOfSight(remote);
    const child = spawn('git', [`--git-dir=${repository.path}`, 'push', '--quiet', '--porcelain', url, refspec], {
      env: { ...process.env, ...environment, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: sshCommand() },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stop = (): boolean => child.kill('SIGKILL');
    inner.addEventListener('abort', stop, { once: true });
    child.stdout.resume();
    const end = await gitEnd(child).finally(() => inner.removeEventListener('abort', stop));
    if (inner.aborted) throw abortError(inner);
    if (end.code !== 0) throw new NetwrightError('NW_PUSH_FAILED', `${words(remote)}: ${words(end.words)}`);
  });
}

/**
 * User and password of an HTTP URL go to git in its environment: what stands in an argument, of git and of the programs
 * that git starts, everybody on the machine can read in the list of processes.
 */
function outOfSight(remote: string): { readonly url: string; readonly environment: Readonly<Record<string, string>> } {
  const url = /^https?:/i.test(remote) && URL.canParse(remote) ? new URL(remote) : undefined;
  if (url === undefined || url.username + url.password === '') return { url: remote, environment: {} };
  const login = `${decodePercent(url.username)}:${decodePercent(url.password)}`;
  url.username = '';
  url.password = '';
  const given = Number(process.env['GIT_CONFIG_COUNT'] ?? 0);
  const environment = {
    GIT_CONFIG_COUNT: String(given + 1),
    [`GIT_CONFIG_KEY_${given}`]: `http.${url.origin}/.extraHeader`,
    [`GIT_CONFIG_VALUE_${given}`]: `Authorization: Basic ${Buffer.from(login).toString('base64')}`,
  };
  return { url: url.href, environment };
}

/** ssh must not ask either. */
const sshCommand = (): string => process.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes';

/** `https://user:token@host/…` without what stands before the `@`; one scan forward, as text of any length comes here. */
export function withoutUrlCredentials(text: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', from)) {
    const start = at + 3;
    let end = start;
    let sign = -1;
    for (; end < text.length && !/[\s/'"<>]/.test(text[end]!); end += 1) if (text[end] === '@') sign = end;
    result += sign === -1 ? text.slice(from, end) : `${text.slice(from, start)}<redacted>${text.slice(sign, end)}`;
    from = end;
  }
  return result + text.slice(from);
}
