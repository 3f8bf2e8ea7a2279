import { NetwrightError } from '#core';
import type { OpenedWorkspace, SettingFlag } from '#workspace';
import { Screen, type ScreenStreams } from './screen.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface GlobalOptions {
  readonly workspace?: string | undefined;
  readonly json?: true | undefined;
  readonly set?: readonly string[] | undefined;
}

export interface RuntimeOptions extends ScreenStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly cwd: string;
  /** Fires when the user asked to stop. */
  readonly signal: AbortSignal;
}

/** What the commands of one process share: where they print, the workspace, the wish to stop, the exit code. */
export class Runtime implements AsyncDisposable {
  readonly screen: Screen;
  readonly signal: AbortSignal;
  readonly stdin: NodeJS.ReadStream;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  exitCode = 0;
  /** The command that runs: `netwright change plan`. */
  commandPath = 'netwright';
  #globals: GlobalOptions = {};
  readonly #workspaces: OpenedWorkspace[] = [];
  #aside = '';

  constructor(options: RuntimeOptions) {
    this.screen = new Screen(options);
    this.signal = options.signal;
    this.stdin = options.stdin;
    this.cwd = options.cwd;
    this.env = options.env;
  }

  configure(globals: GlobalOptions): void {
    this.#globals = globals;
    this.screen.isJson = globals.json === true;
  }

  /** `--workspace`, else `NETWRIGHT_WORKSPACE`, as the user wrote it. */
  get workspaceFolder(): string | undefined {
    return this.#globals.workspace ?? (this.env['NETWRIGHT_WORKSPACE'] || undefined);
  }

  /** Opens the workspace; it is closed with the runtime. */
  async workspace(flags: readonly SettingFlag[] = [], folder = this.workspaceFolder): Promise<OpenedWorkspace> {
    const { openWorkspace } = await import('#workspace');
    keepHeapSmall();
    const workspace = await openWorkspace({
      ...(folder !== undefined && { folder }),
      from: this.cwd,
      env: this.env,
      flags: [...(this.#globals.set ?? []).map(settingFlag), ...flags],
      askPassphrase: async ({ file, attempt }) =>
        await this.#askPassphrase(`${attempt > 1 ? 'Again, passphrase' : 'Passphrase'} of ${file}: `),
    });
    this.#workspaces.push(workspace);
    this.screen.redactor = workspace.redactor;
    return workspace;
  }

  /** Prints help or the version; as one JSON document, once the last piece of it came. */
  printAside(text: string): void {
    if (!this.screen.isJson) this.screen.outputStream.write(text);
    else this.#aside += text;
  }

  /** At least one device failed, or was not done because the user stopped. */
  someFailed(): void {
    this.exitCode ||= this.signal.aborted ? 130 : 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const aside = this.#aside.trim();
    this.#aside = '';
    const isVersion = /^\d+\.\d+\.\d\S*$/.test(aside);
    if (aside !== '') this.screen.record(isVersion ? { version: aside } : { help: aside });
    for (const workspace of this.#workspaces.splice(0)) await workspace.close();
  }

  async #askPassphrase(question: string): Promise<string | undefined> {
    if (this.stdin.isTTY !== true) return undefined;
    const { askHidden } = await import('./ask-hidden.ts');
    return await askHidden(this.stdin, this.screen.errorStream, question, this.signal);
  }
}

/** `run.retries=2`. @throws NetwrightError `NW_USAGE`. */
function settingFlag(text: string): SettingFlag {
  const at = text.indexOf('=');
  if (at < 1) throw new NetwrightError('NW_USAGE', `--set ${text}: expected <key>=<value>, such as run.retries=2`);
  return { key: text.slice(0, at), value: text.slice(at + 1), flag: `--set ${text.slice(0, at)}` };
}
