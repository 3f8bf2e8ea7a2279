import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';

const running = 'show running-config';
const startup = 'show startup-config';
const around = /^(?:Current configuration:|Startup configuration:)$/gm;

export const getConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized }) => {
  const wants = (which: string): boolean => retrieve === 'all' || retrieve === which;
  const timeoutMs = 120_000;
  const now = full ? `${running} all` : running;
  const [current, saved] = await Promise.all([
    wants('running') ? ask.text(now, { timeoutMs }) : '',
    wants('startup') ? ask.text(startup, { timeoutMs, optional: true }) : '',
  ]);
  for (const command of [now, startup]) ask.understood(command);
  const shown = (text: string): string => {
    const clean = text.replaceAll('\r', '').replace(around, '').trim();
    return sanitized ? withoutSecrets(clean, ask.platform) : clean;
  };
  return { running: shown(current), candidate: '', startup: shown(saved ?? '') };
};
