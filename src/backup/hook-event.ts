import type { HookEvent } from '#workspace';

/** What happened, as hooks are told. */
export interface HookNews {
  readonly event: HookEvent;
  readonly runId: string;
  readonly workspace: string;
  readonly reason: string;
  readonly atMs: number;
  readonly commit?: string | undefined;
  readonly repository: string;
  /** Absent at the end of a run. */
  readonly device?: {
    readonly name: string;
    readonly address: string;
    readonly group: string;
    readonly platform: string;
    readonly durationMs: number;
    readonly change?: string;
    readonly linesAdded?: number;
    readonly linesRemoved?: number;
    readonly error?: { readonly code: string; readonly message: string };
  };
  /** At the end of a run. */
  readonly run?: {
    readonly total: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly durationMs: number;
    /** The run itself came to nothing: the store is full, say. */
    readonly error?: { readonly code: string; readonly message: string };
  };
}

/** The names that Oxidized's hooks know (docs/Hooks.md of 0.30), so that scripts carry over. */
const oxidizedEvents: Readonly<Record<HookEvent, string>> = {
  success: 'node_success',
  failure: 'node_fail',
  change: 'post_store',
  'run-end': 'nodes_done',
};

/** The environment of a hook command: Oxidized's variables, and ours for what it has none. */
export function hookEnvironment(news: HookNews): Record<string, string> {
  const { device, run } = news;
  const error = device?.error ?? run?.error;
  const failed = error !== undefined || (run?.failed ?? 0) > 0;
  const durationMs = device?.durationMs ?? run?.durationMs ?? 0;
  const variables: Record<string, string | number | undefined> = {
    OX_EVENT: oxidizedEvents[news.event],
    OX_NODE_NAME: device?.name,
    OX_NODE_IP: device?.address,
    OX_NODE_FROM: news.reason,
    OX_NODE_MSG: error?.message ?? news.reason,
    OX_NODE_GROUP: device?.group,
    OX_NODE_MODEL: device?.platform,
    OX_JOB_STATUS: failed ? (device?.error?.code === 'NW_CONNECT_TIMEOUT' ? 'timeout' : 'fail') : 'success',
    OX_JOB_TIME: (durationMs / 1000).toFixed(3),
    OX_REPO_COMMITREF: news.commit,
    OX_REPO_NAME: news.repository,
    NETWRIGHT_EVENT: news.event,
    NETWRIGHT_RUN_ID: news.runId,
    NETWRIGHT_WORKSPACE: news.workspace,
    NETWRIGHT_REASON: news.reason,
    NETWRIGHT_DEVICE: device?.name,
    NETWRIGHT_PLATFORM: device?.platform,
    NETWRIGHT_CHANGE: device?.change,
    NETWRIGHT_LINES_ADDED: device?.linesAdded,
    NETWRIGHT_LINES_REMOVED: device?.linesRemoved,
    NETWRIGHT_ERROR_CODE: error?.code,
    NETWRIGHT_ERROR: error?.message,
    NETWRIGHT_COMMIT: news.commit,
    NETWRIGHT_TOTAL: run?.total,
    NETWRIGHT_CHANGED: run?.changed,
    NETWRIGHT_UNCHANGED: run?.unchanged,
    NETWRIGHT_FAILED: run?.failed,
  };
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    // A NUL would end the variable, and the kernel refuses it.
    if (value !== undefined) environment[name] = String(value).replaceAll('\0', '');
  }
  return environment;
}
