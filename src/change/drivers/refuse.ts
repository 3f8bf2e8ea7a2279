import { NetwrightError } from '#core';
import type { Session } from '#device';
import { applySecrets } from '#platforms';
import type { Refusal, RollbackFailure } from '../driver.ts';
import { scrubLines } from '../scrub-lines.ts';

/** Device words as an error may show them: without secrets, without blank ends, not endless. */
function wordsOf(session: Session, text: string): string {
  const words = applySecrets(text, session.platform.backup.secrets, () => '<secret>').trim();
  return words.length > 2000 ? `${words.slice(0, 2000)}…` : words;
}

/** Lines behind one another; the mark below a bad word points to nothing here. */
const quoted = (words: string): string => {
  const lines = words.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && line !== '^');
  return telling.length === 0 ? '' : `: ${telling.join(' | ')}`;
};

/** The error for a change that the device does not take while all is as it was before. */
export function changeRefused(
  session: Session,
  what: string,
  facts: { readonly line?: string | undefined; readonly answer?: string; readonly applied?: readonly string[] } = {},
): NetwrightError {
  const answer = wordsOf(session, facts.answer ?? '');
  const details: Refusal = {
    ...(facts.line === undefined ? {} : { line: scrubLines([facts.line], session.platform)[0]! }),
    ...(answer === '' ? {} : { answer }),
    applied: scrubLines(facts.applied ?? [], session.platform),
  };
  const line = details.line === undefined ? '' : ` "${details.line}"`;
  return new NetwrightError(
    'NW_CHANGE_REFUSED',
    `${session.device} (${session.platform.id}): ${what}${line}${quoted(answer)}`,
    {
      details: { ...details },
    },
  );
}

/** The error for a change that is still on the device, wholly or in part. `commands` are left to be typed by hand. */
export function rollbackFailed(
  session: Session,
  what: string,
  facts: { readonly commands: readonly string[]; readonly answer?: string },
): NetwrightError {
  const answer = wordsOf(session, facts.answer ?? '');
  const commands = scrubLines(facts.commands, session.platform);
  const details: RollbackFailure = { commands, ...(answer === '' ? {} : { answer }) };
  const where = `${session.device} (${session.platform.id})`;
  return new NetwrightError(
    'NW_ROLLBACK_FAILED',
    `${where}: ${what}${quoted(answer)}; left to be typed: ${commands.join(' | ')}`,
    {
      details: { ...details },
    },
  );
}

/** The error for a device whose configuration somebody else is at. */
export function deviceBusy(session: Session, what: string, answer = ''): NetwrightError {
  const where = `${session.device} (${session.platform.id})`;
  return new NetwrightError('NW_CHANGE_LOCKED', `${where}: ${what}${quoted(wordsOf(session, answer))}`, {
    hint: 'wait until they are done, or ask them; then try again',
  });
}

/** The error for a confirmation that comes when there is nothing to confirm any more. */
export function nothingToConfirm(session: Session): NetwrightError {
  return new NetwrightError(
    'NW_CHANGE_STATE',
    `${session.device} (${session.platform.id}): the change is not there any more: the device took it back`,
  );
}

/** The error for a device that lacks what a change needs. */
export function notSupported(session: Session, what: string, hint?: string): NetwrightError {
  const where = `${session.device} (${session.platform.id})`;
  return new NetwrightError('NW_NOT_SUPPORTED', `${where}: ${what}`, hint === undefined ? {} : { hint });
}
