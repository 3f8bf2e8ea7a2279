import { Command } from '@commander-js/extra-typings';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { changeApplyCommand } from './change-apply.ts';
import { changeConfirmCommand, changeReleaseCommand, changeRollbackCommand } from './change-decide.ts';
import { changeAuditCommand, changeListCommand, changeShowCommand, changeStatusCommand } from './change-look.ts';
import { changePlanCommand } from './change-plan.ts';
import { changeWatchCommand } from './change-watch.ts';

export function changeCommand(runtime: Runtime) {
  const command = new Command('change')
    .description('Change configurations safely: plan, apply, prove, confirm, or take back.')
    .addHelpText(
      'after',
      example(
        'change plan --lines "ntp server 192.0.2.7" -s site:cairo',
        'change apply 261120-k3f9w --serial 1,10%,100% --expect "bgp_neighbors 10.0.0.2 is up"',
        'change rollback 261120-k3f9w',
      ),
    );
  for (const make of [changePlanCommand, changeApplyCommand, changeConfirmCommand, changeRollbackCommand]) {
    command.addCommand(make(runtime));
  }
  for (const make of [changeStatusCommand, changeListCommand, changeShowCommand, changeReleaseCommand]) {
    command.addCommand(make(runtime));
  }
  return command.addCommand(changeAuditCommand(runtime)).addCommand(changeWatchCommand(runtime));
}
