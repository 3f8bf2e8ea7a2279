import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

const around = /^(?:Building configuration\.\.\.|Current configuration:)[ \r]*\n(?:[ \r]*\n)?/gm;

/** There is no candidate; start-up is a file, which vtysh prints only where daemons keep files of their own. */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, sanitized }) => {
  const get = async (which: 'running' | 'startup', command: string): Promise<string> => {
    if (retrieve !== 'all' && retrieve !== which) return '';
    const text = (await ask.text(command, { timeoutMs: 120_000, optional: true })) ?? '';
    ask.understood(command);
    const bare = text.replaceAll(around, '').trimStart();
    return sanitized ? withoutSecrets(bare, ask.platform) : bare;
  };
  const [running, startup] = await Promise.all([
    get('running', 'show running-config'),
    get('startup', 'show startup-config'),
  ]);
  return { running, candidate: '', startup };
};
