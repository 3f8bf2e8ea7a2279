import type { AuditAnchor, AuditRecord } from '#store';

const anchorDigits = 16;
/** How every mark begins. */
export const auditMarkBegin = '[audit ';

/** Where the audit stands, for the message of a commit: an anchor outside of the database. */
export const auditMark = ({ id, hash }: Pick<AuditRecord, 'id' | 'hash'>): string =>
  `${auditMarkBegin}${id}:${hash.slice(0, anchorDigits)}]`;

/** Reads the marks out of commit messages. */
export function auditMarks(text: string): readonly AuditAnchor[] {
  return [...text.matchAll(/\[audit (\d{1,15}):([0-9a-f]{16})\]/g)].map(([, id, hash = '']) => ({
    id: Number(id),
    hash,
  }));
}
