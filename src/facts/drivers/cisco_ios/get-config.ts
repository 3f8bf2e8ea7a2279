import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

/** What IOS puts around the configuration, and what changes in it by itself. */
const around =
  /^(?:Building configuration\.{3}|Current configuration : \d+ bytes|Using \d+ out of \d+ bytes.*|! (?:Last|No) configuration change (?:at|since) .*|! NVRAM config last updated at .*)$/gm;

export const getConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized }) => {
  const wants = (which: string): boolean => retrieve === 'all' || retrieve === which;
  const [running, startup] = await Promise.all([
    wants('running') ? ask.text(`show running-config${full ? ' all' : ''}`, { timeoutMs: 120_000 }) : '',
    wants('startup') ? startupOf(ask) : '',
  ]);
  ask.understood(`show running-config${full ? ' all' : ''}`);
  const shown = (text: string): string => {
    const clean = text.replaceAll('\r', '').replace(around, '').trim();
    return sanitized ? withoutSecrets(clean, ask.platform) : clean;
  };
  return { running: shown(running), startup: shown(startup), candidate: '' };
};

async function startupOf(ask: Ask): Promise<string> {
  const text = await ask.text('show startup-config', { timeoutMs: 120_000, optional: true });
  ask.understood('show startup-config');
  if (text !== undefined && !/^startup-config is not present/m.test(text)) return text;
  ask.note('there is no start-up configuration');
  return '';
}
