import { encodeText } from '#core';
import { cleanOutput, type TranscriptEntry } from '#device';
import { applySecrets, type SecretRule } from '#platforms';

const mark = '<redacted>';

/**
 * Hides what is secret in the configurations that a conversation holds. The session's own redaction knows the secrets
 * of the login; what a device prints of its communities and keys, only the rules of its platform know.
 */
export function scrubTranscript(
  entries: readonly TranscriptEntry[],
  rules: readonly SecretRule[],
): readonly TranscriptEntry[] {
  return entries.map((entry) => (entry.kind === 'note' ? entry : { ...entry, text: scrub(entry.text, rules) }));
}

function scrub(text: string, rules: readonly SecretRule[]): string {
  const raw = applySecrets(text, rules, () => mark);
  // A line that was painted with escape sequences may hide a secret from the rules: then the painted text is kept.
  const shown = cleanOutput(encodeText(raw));
  const hidden = applySecrets(shown, rules, (secret) => (secret === mark ? secret : mark));
  return hidden === shown ? raw : hidden;
}
