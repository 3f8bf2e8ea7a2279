import { describe, expect, it } from 'vitest';
import { asNetwrightError, errorCodes, NetwrightError } from '#core';

describe('the error table', () => {
  it('has a sentence for the case and one for the remedy in every row', () => {
    for (const [code, row] of Object.entries(errorCodes)) {
      expect(row.when, code).toMatch(/^[A-Z].*\.$/);
      expect(row.remedy, code).toMatch(/\.$/);
      expect(row.http, code).toBeGreaterThanOrEqual(400);
      expect(row.exit, code).toBeGreaterThan(0);
    }
  });

  it('says done, some failed and wrong usage with 0, 1 and 2 only', () => {
    const ones = Object.entries(errorCodes).filter(([, row]) => row.exit === 1);
    expect(ones.map(([code]) => code)).toEqual(['NW_SKIPPED']);
  });
});

describe('NetwrightError', () => {
  it('takes hint and retryability from its row unless told otherwise', () => {
    const plain = new NetwrightError('NW_CONNECT_REFUSED', 'r1: refused');
    expect(plain).toMatchObject({ retryable: true, exitCode: 69, hint: errorCodes.NW_CONNECT_REFUSED.remedy });
    expect(new NetwrightError('NW_CONNECT_REFUSED', 'r1', { retryable: false, hint: 'no' })).toMatchObject({
      retryable: false,
      hint: 'no',
    });
  });

  it('wraps foreign errors and keeps them as cause', () => {
    const cause = new Error('boom');
    expect(asNetwrightError(cause)).toMatchObject({ code: 'NW_INTERNAL', message: 'boom', cause });
    expect(asNetwrightError('boom', 'NW_STORE_FAILED')).toMatchObject({ code: 'NW_STORE_FAILED', message: 'boom' });
  });

  it.each([
    ['EACCES', '/x', 'NW_FILE_DENIED'],
    ['EROFS', '/x', 'NW_FILE_DENIED'],
    ['EPERM', '/x', 'NW_FILE_DENIED'],
    ['SQLITE_READONLY_DBMOVED', undefined, 'NW_FILE_DENIED'],
    ['ENOSPC', undefined, 'NW_STORE_FULL'],
    ['SQLITE_FULL', undefined, 'NW_STORE_FULL'],
    // Of a socket.
    ['EACCES', undefined, 'NW_INTERNAL'],
    ['ENOENT', '/x', 'NW_INTERNAL'],
  ])('knows %s of the file system (path %s): %s', (code, path, expected) => {
    const error = Object.assign(new Error('no'), { code, ...(path !== undefined && { path }) });
    expect(asNetwrightError(error)).toMatchObject({ code: expected, message: 'no', cause: error });
  });
});
