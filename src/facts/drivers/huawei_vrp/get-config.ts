import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

/**
 * The configurations of VRP and of Comware.
 * @param candidate the command that tells the candidate, where there is one
 */
export async function configurations(
  ask: Ask,
  { retrieve, sanitized }: { readonly retrieve: string; readonly sanitized: boolean },
  candidate?: string,
): Promise<{ running: string; candidate: string; startup: string }> {
  const get = async (which: string, command: string | undefined): Promise<string> => {
    if (command === undefined || (retrieve !== 'all' && retrieve !== which)) return '';
    const timeoutMs = 180_000;
    const text =
      which === 'running'
        ? await ask.text(command, { timeoutMs })
        : await ask.text(command, { timeoutMs, optional: true });
    ask.understood(command);
    const clean = (text ?? '').replaceAll('\r', '').trim();
    return sanitized ? withoutSecrets(clean, ask.platform) : clean;
  };
  const [running, startup, edited] = await Promise.all([
    get('running', 'display current-configuration'),
    get('startup', 'display saved-configuration'),
    get('candidate', candidate),
  ]);
  return { running, candidate: edited, startup };
}

/** VRP 8 has a candidate; VRP 5 changes at once. */
export const getConfig: ReadFacts<'get_config'> = async (ask, args) =>
  await configurations(ask, args, ask.platform.id === 'huawei_vrpv8' ? 'display configuration candidate' : undefined);
