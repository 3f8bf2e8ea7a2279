import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

/** What NX-OS puts before the configuration. */
const before =
  /^(?:!Command: .*|!Running configuration last done at: .*|!Startup config saved at: .*|!No configuration change since .*|!Time: .*)$/gm;

export const getConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized }) => {
  const wants = (which: string): boolean => retrieve === 'all' || retrieve === which;
  const runningCommand = `show running-config${full ? ' all' : ''}`;
  const [running, startup] = await Promise.all([
    wants('running') ? ask.text(runningCommand, { timeoutMs: 180_000 }) : '',
    wants('startup') ? ask.text('show startup-config', { timeoutMs: 180_000, optional: true }) : '',
  ]);
  ask.understood(runningCommand);
  ask.understood('show startup-config');
  if (startup === undefined) ask.note('there is no start-up configuration');
  const shown = (text: string): string => {
    const clean = text
      .replaceAll('\r', '')
      .replace(before, '')
      .replace(/[ \t]+$/gm, '')
      .trim();
    return sanitized ? withoutSecrets(clean, ask.platform) : clean;
  };
  return { running: shown(running), startup: shown(startup ?? ''), candidate: '' };
};
