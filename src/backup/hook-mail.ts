import { createTransport } from 'nodemailer';
import { NetwrightError } from '#core';
import type { Login } from '#transport';
import type { HookNews } from './hook-event.ts';

/** Characters of diffs in one mail; mail servers refuse large ones. */
const mostDiff = 1_000_000;

export interface MailSettings {
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp://host:25` or `smtps://host`. */
  readonly smtp: string;
}

export interface ChangedDevice {
  readonly news: HookNews;
  readonly diff: string;
}

/** What one mail tells of a run. */
export interface MailContent {
  readonly end: HookNews;
  readonly changes: readonly ChangedDevice[];
  readonly failures: readonly HookNews[];
}

/**
 * One mail a run, as RANCID sends it: what changed, with the diffs, and what failed.
 * @throws `NW_HOOK_FAILED`
 */
export async function sendMail(
  settings: MailSettings,
  login: Login | undefined,
  content: MailContent,
  timeoutMs: number,
): Promise<void> {
  const transport = createTransport({
    ...serverOf(settings.smtp),
    // Logging in to the mail server is the one place here where the value is needed.
    ...(login?.password ? { auth: { user: login.user, pass: login.password.reveal() } } : {}),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done within ${timeoutMs} ms`)), timeoutMs);
    });
    const sending = transport.sendMail({
      from: settings.from,
      to: [...settings.to],
      subject: subjectOf(content),
      text: textOf(content),
      headers: { 'X-Netwright-Run': content.end.runId, 'Auto-Submitted': 'auto-generated' },
    });
    sending.catch(() => undefined); // told by the race
    await Promise.race([sending, late]);
  } catch (error) {
    throw new NetwrightError('NW_HOOK_FAILED', `mail through ${settings.smtp}: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function serverOf(smtp: string): { host: string; port: number; secure: boolean } {
  const url = new URL(smtp);
  const secure = url.protocol === 'smtps:';
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 465 : 25), secure };
}

function subjectOf({ end, changes, failures }: MailContent): string {
  const names = changes.map(({ news }) => news.device?.name ?? '');
  const what = names.length === 0 ? '' : names.length <= 3 ? ` (${names.join(', ')})` : '';
  const failed = failures.length > 0 ? `, ${failures.length} failed` : '';
  return `Backup: ${end.run?.changed ?? names.length} of ${end.run?.total ?? '?'} changed${what}${failed}`;
}

function textOf({ end, changes, failures }: MailContent): string {
  const parts = [`Run ${end.runId}: ${end.reason}`];
  if (end.commit !== undefined) parts.push(`Commit ${end.commit}`);
  parts.push('');
  for (const { device } of failures)
    parts.push(`failed   ${device?.name}  ${device?.error?.code}: ${device?.error?.message}`);
  for (const { news } of changes) {
    const { device } = news;
    parts.push(
      `${(device?.change ?? 'changed').padEnd(8)} ${device?.name}  +${device?.linesAdded ?? 0} -${device?.linesRemoved ?? 0}`,
    );
  }
  let room = mostDiff;
  for (const { news, diff } of changes) {
    if (diff === '') continue;
    if (diff.length > room) {
      parts.push('', `The diff of ${news.device?.name} is left out: too long for a mail.`);
      continue;
    }
    room -= diff.length;
    parts.push('', diff);
  }
  return `${parts.join('\n')}\n`;
}
