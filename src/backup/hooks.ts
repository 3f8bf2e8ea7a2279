import { asNetwrightError, NetwrightError } from '#core';
import type { Login } from '#transport';
import type { Hook, HookEvent, Workspace } from '#workspace';
import { runHookCommand } from './hook-command.ts';
import type { HookNews } from './hook-event.ts';
import { type ChangedDevice, sendMail } from './hook-mail.ts';
import { postWebhook } from './hook-webhook.ts';

const defaultTimeoutMs = 30_000;
/** Hooks at once: a run over thousands of devices must not start thousands of processes. */
const atOnce = 4;
/** News that may wait for hooks before the run waits for them. */
const mostWaiting = 200;
/** A mail server that is down fails once, not once a device. */
const mostWarnings = 50;

/**
 * Tells the hooks of the workspace what happens. Failures are told as they come; successes and changes when the
 * commit is there that they are asked about. A hook that fails is a warning and never more.
 */
export class Hooks {
  readonly #workspace: Workspace;
  readonly #hooks: readonly Hook[];
  readonly #signal: AbortSignal | undefined;
  readonly #warnings: NetwrightError[] = [];
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #mail: { readonly changes: ChangedDevice[]; readonly failures: HookNews[] } = { changes: [], failures: [] };
  #running = 0;
  #suppressed = 0;
  #progress = Promise.withResolvers<void>();

  constructor(workspace: Workspace, signal?: AbortSignal) {
    this.#workspace = workspace;
    this.#hooks = workspace.settings.hooks;
    this.#signal = signal;
  }

  /** Whether anybody wants to know. */
  wants(event: HookEvent): boolean {
    return this.#hooks.some((hook) => isTold(hook, event));
  }

  /** Tells one event; waits only while too much is waiting. `diff` is asked for when a hook can use it. */
  async tell(news: HookNews, diff?: () => Promise<string>): Promise<void> {
    const hooks = this.#hooks.filter((hook) => isTold(hook, news.event));
    if (hooks.length === 0) return;
    if (hooks.some((hook) => 'email' in hook)) {
      if (news.event === 'failure') this.#mail.failures.push(news);
      if (news.event === 'change') this.#mail.changes.push({ news, diff: (await diff?.()) ?? '' });
    }
    for (const hook of hooks) {
      if ('command' in hook) this.#add(() => runHookCommand(hook.command, news, timeoutOf(hook), this.#signal));
      if ('webhook' in hook) this.#add(async () => await this.#post(hook, news, diff));
    }
    while (this.#waiting.length > mostWaiting) await this.#progress.promise;
  }

  /** Tells the end of the run, sends the mail, and resolves with what went wrong when all hooks are done. */
  async end(news: HookNews): Promise<readonly NetwrightError[]> {
    await this.tell(news);
    for (const hook of this.#hooks) if ('email' in hook) this.#add(() => this.#sendMail(hook, news));
    while (this.#running > 0 || this.#waiting.length > 0) await this.#progress.promise;
    if (this.#suppressed > 0) {
      this.#warnings.push(new NetwrightError('NW_HOOK_FAILED', `and ${this.#suppressed} more hooks failed`));
    }
    return this.#warnings;
  }

  async #post(
    hook: Extract<Hook, { readonly webhook: string }>,
    news: HookNews,
    diff?: () => Promise<string>,
  ): Promise<void> {
    const secret = hook.secret === undefined ? undefined : (await this.#login(hook.secret)).password;
    if (hook.secret !== undefined && secret === undefined) {
      throw new NetwrightError(
        'NW_HOOK_FAILED',
        `webhook on ${news.event}: credential "${hook.secret}" has no password`,
      );
    }
    const told = diff === undefined ? news : { ...news, diff: await diff() };
    await postWebhook(hook.webhook, secret, told, timeoutOf(hook), this.#signal);
  }

  async #sendMail(hook: Extract<Hook, { readonly email: object }>, end: HookNews): Promise<void> {
    const changes = isTold(hook, 'change') ? this.#mail.changes : [];
    const failures = isTold(hook, 'failure') ? this.#mail.failures : [];
    if (changes.length === 0 && failures.length === 0 && !hook.on.includes('run-end')) return;
    const { credential } = hook.email;
    const login = credential === undefined ? undefined : await this.#login(credential);
    await sendMail(hook.email, login, { end, changes, failures }, timeoutOf(hook));
  }

  async #login(name: string): Promise<Login> {
    return await this.#workspace.credentials.login(name);
  }

  #add(work: () => Promise<void>): void {
    this.#waiting.push(work);
    this.#next();
  }

  #next(): void {
    while (this.#running < atOnce) {
      const work = this.#waiting.shift();
      if (work === undefined) return;
      this.#running += 1;
      void work()
        .catch((error: unknown) => this.#warn(error))
        .finally(() => {
          this.#running -= 1;
          this.#next();
          this.#progress.resolve();
          this.#progress = Promise.withResolvers<void>();
        });
    }
  }

  #warn(error: unknown): void {
    const { message, hint } = asNetwrightError(error, 'NW_HOOK_FAILED');
    const told = new NetwrightError('NW_HOOK_FAILED', this.#workspace.redactor.redact(message), { hint, cause: error });
    this.#workspace.logger.warn({ code: told.code }, told.message);
    if (this.#warnings.length < mostWarnings) this.#warnings.push(told);
    else this.#suppressed += 1;
  }
}

/** A mail of every run tells what became of its devices, too; one of changes or failures comes when there are any. */
const isTold = (hook: Hook, event: HookEvent): boolean =>
  hook.on.includes(event) ||
  ('email' in hook && hook.on.includes('run-end') && (event === 'change' || event === 'failure'));

const timeoutOf = (hook: Hook): number => hook.timeoutMs ?? defaultTimeoutMs;
