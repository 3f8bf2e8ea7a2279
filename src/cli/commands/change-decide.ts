import { Command } from '@commander-js/extra-typings';
import type { Decision } from '#change';
import type { OpenedWorkspace } from '#workspace';
import { reportFailedRollbacks, stateText } from '../change-text.ts';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../failures.ts';
import type { Runtime } from '../runtime.ts';

export function changeConfirmCommand(runtime: Runtime) {
  return new Command('confirm')
    .description('Make what is pending stay, and save it.')
    .argument('<id>')
    .argument('[device...]', 'default: all that are pending')
    .option('-m, --comment <text>', 'why, for the audit')
    .addHelpText('after', example('change confirm 261120-k3f9w', 'change confirm 261120-k3f9w r1 r2'))
    .action(async (id, devices, { comment }) => {
      const workspace = await runtime.workspace();
      const { confirmChange } = await import('#change');
      await follow(runtime, workspace, confirmChange(workspace, id, decisionOf(devices, comment)));
    });
}

export function changeRollbackCommand(runtime: Runtime) {
  return new Command('rollback')
    .description('Take a change back, the devices that it came to last first, and prove that all is as before.')
    .argument('<id>')
    .argument('[device...]', 'default: all that have it')
    .option('-m, --comment <text>', 'why, for the audit')
    .option('--force', 'also where others changed the configuration since: what they did may be lost')
    .option('--no-guard', 'no process that goes on with it when this one dies')
    .addHelpText('after', example('change rollback 261120-k3f9w', 'change rollback 261120-k3f9w r1 -m "BGP flaps"'))
    .action(async (id, devices, { comment, force, guard }) => {
      const workspace = await runtime.workspace();
      const { rollBackChange } = await import('#change');
      const options = { ...decisionOf(devices, comment), ...(force && { force }), ...(guard ? {} : { guard }) };
      await follow(runtime, workspace, rollBackChange(workspace, id, options));
    });
}

export function changeReleaseCommand(runtime: Runtime) {
  return new Command('release')
    .description('Let go of a device whose rollback failed, once it was mended by hand.')
    .argument('<id>')
    .argument('<device>')
    .option('-m, --comment <text>', 'what was done, for the audit')
    .addHelpText('after', example('change release 261120-k3f9w r1 -m "typed by hand"'))
    .action(async (id, device, { comment }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const { releaseDevice } = await import('#change');
      const { isAsBefore } = await releaseDevice(workspace, id, device, comment === undefined ? {} : { comment });
      screen.document({ device, isAsBefore: isAsBefore ?? null });
      const { green, yellow } = screen.colors;
      if (isAsBefore === true) screen.print(green(`${device} is free, and exactly as it was before the change`));
      else if (isAsBefore === false) screen.print(yellow(`${device} is free; it is not as it was before the change`));
      else screen.print(yellow(`${device} is free; it could not be reached to be compared`));
    });
}

const decisionOf = (devices: readonly string[], comment: string | undefined) => ({
  ...(devices.length > 0 && { devices }),
  ...(comment !== undefined && { comment }),
});

async function follow(runtime: Runtime, workspace: OpenedWorkspace, decision: Decision): Promise<void> {
  const { screen } = runtime;
  const startedMs = performance.now();
  const failures: FailedOutcome[] = [];
  let total = 0;
  decision.report.catch(() => undefined);
  for await (const outcome of decision) {
    total += 1;
    screen.record(outcomeRecord(outcome, (state) => ({ state })));
    if (outcome.ok) screen.print(`   ${stateText(outcome.value, screen.colors, 9)} ${outcome.device}`);
    else failures.push(outcome);
  }
  const { id, warnings } = await decision.report;
  screen.record({ report: { id, total, failed: failures.length, warnings } });
  reportFailures(screen, failures);
  if (failures.some(({ error }) => error.code === 'NW_ROLLBACK_FAILED')) {
    const { changeStatus } = await import('#change');
    const { devices } = await changeStatus(workspace, id, { settle: false });
    reportFailedRollbacks(screen, id, devices);
  }
  for (const warning of warnings) screen.note(`${screen.errorColors.yellow('mind')} ${warning}`);
  reportCounts(screen, total, failures, performance.now() - startedMs);
  if (failures.length > 0) runtime.someFailed();
}
