import type { Version } from '#store';

/** A version as a program gets it. */
export const versionRecord = ({ atMs, ...rest }: Version): object => ({ ...rest, at: new Date(atMs).toISOString() });
