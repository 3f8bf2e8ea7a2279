import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the user's identities: `$XDG_CONFIG_HOME/netwright/identities`. */
export function identityFolder(env: NodeJS.ProcessEnv): string {
  const { XDG_CONFIG_HOME: xdg, HOME: home } = env;
  return join(xdg || join(home || homedir(), '.config'), 'netwright', 'identities');
}
