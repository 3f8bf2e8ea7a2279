/**
 * Does something with a change on one device and ends itself with SIGKILL at a point of the way:
 * `state:<state>` right after that was written, `before:<call>` and `after:<call>` around a call of the driver.
 *
 *     node crashing-child.ts <folder> <change> <device> apply|confirm|rollback <point> [guarded] [confirmMs]
 */
import { openWorkspace } from 'netwright';
import { watched } from './wrapped-driver.ts';

const [folder = '', id = '', device = '', verb = '', point = '', guarded = '', confirmMs] = process.argv.slice(2);
const crash = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
// What others left behind is settled on the way, and is not what this one is about.
const drivers = await watched((when, call, at) => {
  if (at === device && point === `${when}:${call}`) crash();
});
await using workspace = await openWorkspace({ folder });
const onState = (state: string): void => {
  if (point === `state:${state}`) crash();
};
if (verb === 'apply') {
  const applying = workspace.change.apply(id, {
    ...{ select: device, backup: false, guard: guarded === 'guarded', drivers },
    ...(confirmMs !== undefined && { confirmMs: Number(confirmMs) }),
    onEvent: (event) => event.type === 'step' && onState(event.state),
  });
  for await (const { ok, error } of applying) process.stdout.write(ok ? 'done\n' : `${error.code}: ${error.message}\n`);
} else {
  const options = { devices: [device], drivers, onStep: (_: string, state: string) => onState(state) };
  const deciding = verb === 'confirm' ? workspace.change.confirm(id, options) : workspace.change.rollback(id, options);
  for await (const { ok, error } of deciding) process.stdout.write(ok ? 'done\n' : `${error.code}: ${error.message}\n`);
}
process.stdout.write('not crashed\n');
