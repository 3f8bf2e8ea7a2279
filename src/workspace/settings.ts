/** netwright.yaml, complete: every key has a default. */
export interface Settings {
  readonly version: 1;
  readonly inventory: string;
  readonly configurations: string;
  readonly secrets: string;
  readonly knownHosts: readonly string[];
  /** Folders of TextFSM templates; the first that fits a command is used. */
  readonly templates: readonly string[];
  readonly backup: {
    readonly commit: 'run' | 'device';
    /** Path of a device in the repository; `{name}`, `{site}`, `{role}`, `{group}`, `{platform}`. */
    readonly path: string;
    /** Share of the last version's size below which a configuration is quarantined. */
    readonly minimumShare: number;
    readonly seal: boolean;
    /** Sealed full texts kept per device. */
    readonly sealedVersions: number;
    /** A plain folder that also gets every current configuration. */
    readonly folder?: string;
    readonly remote?: string;
    readonly author: string;
  };
  readonly change: {
    readonly comment: 'optional' | 'required';
    /** Milliseconds in which a change must prove itself, or it is taken back. */
    readonly guardMs: number;
    /** Milliseconds that a check may take to hold after a commit. */
    readonly checkMs: number;
    /** Milliseconds that one step on a device may take, a commit above all. */
    readonly stepMs: number;
    /** Milliseconds that a device which was lost in the middle is looked for. */
    readonly returnMs: number;
    /** Whether a process of its own sees to it that promises are kept when this one dies. */
    readonly guard: boolean;
    /** Changes of a device whose checkpoints stay on it, to be rolled back later. */
    readonly keep: number;
  };
  readonly run: {
    readonly concurrency?: number;
    readonly perSite?: number;
    readonly perJump?: number;
    readonly perCredential?: number;
    readonly perPlatform?: number;
    readonly retries: number;
    readonly jobTimeoutMs: number;
  };
  readonly hooks: readonly Hook[];
  readonly log: { readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug' };
}

export const hookEvents = ['success', 'failure', 'change', 'run-end'] as const;
export type HookEvent = (typeof hookEvents)[number];

export type Hook = { readonly on: readonly HookEvent[]; readonly timeoutMs?: number } & (
  | { readonly command: string }
  | { readonly webhook: string; readonly secret?: string }
  | {
      readonly email: {
        readonly to: readonly string[];
        readonly from: string;
        readonly smtp: string;
        readonly credential?: string;
      };
    }
);
