import type { Workspace } from '#workspace';
import type { Screen } from './screen.ts';

/** Says what to do in a workspace that has no devices. */
export async function noteNoDevices(screen: Screen, workspace: Workspace): Promise<void> {
  if ((await workspace.inventory()).devices.size > 0) return;
  const { yellow, dim } = screen.errorColors;
  screen.note(`${yellow('there are no devices')}: write them into ${workspace.path(workspace.settings.inventory)}`);
  screen.note(dim('  or take them over: netwright inventory import --help'));
}
