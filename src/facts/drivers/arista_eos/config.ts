import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

/** Thousands of lines with all defaults take their time. */
const timeoutMs = 180_000;

/**
 * The candidate stays empty: a configuration session belongs to who opened it. A sanitized running configuration is
 * asked for as such, so that its secrets never leave the switch; our rules have a second look at it.
 */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized }) => {
  const get = async (which: 'running' | 'startup', command: string): Promise<string> => {
    if (retrieve !== 'all' && retrieve !== which) return '';
    const text = await ask.text(command, { timeoutMs });
    return sanitized ? withoutSecrets(text, ask.platform) : text;
  };
  const running = `show running-config${full ? ' all' : ''}${sanitized ? ' sanitized' : ''}`;
  const [now, atBoot] = await Promise.all([get('running', running), get('startup', 'show startup-config')]);
  return { running: now, candidate: '', startup: atBoot };
};
