import { type ErrorCode, errorCodes } from '../src/core/index.ts';

/** docs/errors.md from the table of codes. */
export function errorsPage(): string {
  const sections = Object.entries(errorCodes).map(([code, row]: [string, ErrorCode]) =>
    [
      `## ${code}`,
      '',
      `${row.when} ${row.remedy}`,
      '',
      `Exit code ${row.exit}, HTTP status ${row.http}, ${row.retryable ? 'tried again by itself' : 'not tried again'}.`,
      '',
    ].join('\n'),
  );
  return [
    '# Errors',
    '',
    'Every error has a code that stays the same, a sentence that says where and what, and a hint. With `--json` all three',
    'are fields of the answer. `netwright transcript show <id>` prints the conversation behind a failed device.',
    '',
    ...sections,
  ].join('\n');
}
