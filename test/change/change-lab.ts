import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWorkspace, type NetwrightWorkspace, openWorkspace, Secret } from 'netwright';
import type { Outcome } from '#core';
import { type Lab, type LabOptions, labInventory, startLab } from '#lab';

/** A lab in this process and a workspace in a temporary folder whose inventory it is; both end with it. */
export interface ChangeLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly workspace: NetwrightWorkspace;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly names: readonly string[];
  /** Another look at the workspace, as another process has it, with other settings. */
  open(settings?: readonly string[]): Promise<NetwrightWorkspace>;
}

const settings = ['change.guard=false', 'change.guardMs=20000', 'change.checkMs=2000', 'change.returnMs=8000'];

export async function changeLab(
  options: LabOptions & { readonly settings?: readonly string[] } = {},
): Promise<ChangeLab> {
  const { settings: more = [], ...labOptions } = options;
  const root = await mkdtemp(join(tmpdir(), 'netwright-change-'));
  const folder = join(root, 'network');
  const lab = await startLab({ devices: 1, processes: 0, telnetShare: 0, ...labOptions });
  const { yaml, credential } = labInventory(lab);
  await initWorkspace(folder, { inventory: yaml });
  const env = { PATH: process.env['PATH'], HOME: root, XDG_CONFIG_HOME: join(root, 'config') };
  const open = async (others: readonly string[] = []): Promise<NetwrightWorkspace> => {
    const flags = [...settings, ...more, ...others].map((text) => {
      const [key = '', value = ''] = text.split('=');
      return { key, value, flag: `--set ${key}` };
    });
    return await openWorkspace({ folder, env, flags });
  };
  const workspace = await open();
  const { user, password, enable } = credential;
  await workspace.credentials.set(credential.name, {
    ...{ user, password: new Secret(password) },
    ...(enable === '' ? {} : { enable: new Secret(enable) }),
  });
  return {
    ...{ lab, workspace, folder, env, open, names: lab.devices.map(({ name }) => name) },
    async [Symbol.asyncDispose]() {
      await workspace.close();
      await lab.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Everything that a run gives: outcomes by device, and the report. */
export async function all<T, R>(
  run: AsyncIterable<Outcome<T>> & { readonly report: Promise<R> },
): Promise<{ readonly outcomes: ReadonlyMap<string, Outcome<T>>; readonly report: R }> {
  const outcomes = new Map<string, Outcome<T>>();
  run.report.catch(() => undefined);
  for await (const outcome of run) outcomes.set(outcome.device, outcome);
  return { outcomes, report: await run.report };
}
