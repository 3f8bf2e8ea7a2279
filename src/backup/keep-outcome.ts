import { asNetwrightError, type NetwrightError, type Outcome } from '#core';
import type { PlainFolder, QuarantineStore, RunWriter, SealedStore, WriteResult } from '#store';
import type { BackupResult } from './backup.ts';
import type { ByteMemory } from './byte-memory.ts';

/** A configuration that passed the guard, ready to be kept. */
export interface Collected {
  readonly platform: string;
  readonly path: string;
  /** For git, in pieces; put together when asked. */
  readonly scrubbed: () => readonly string[];
  /** Of the output, where one with the same fingerprint becomes the same configuration. */
  readonly fingerprint: string | undefined;
  /** It is the output that the newest version was made of: neither judged nor scrubbed again. */
  readonly isSame: boolean;
  /** As it came, in pieces: only ever sealed. */
  readonly full: readonly string[];
}

export interface Keepers {
  readonly writer: RunWriter;
  readonly sealed: SealedStore | undefined;
  readonly quarantine: QuarantineStore | undefined;
  readonly folder: PlainFolder | undefined;
  readonly memory: ByteMemory;
  readonly nowMs: () => number;
  readonly redact: (text: string) => string;
  /** Something beside the configuration could not be kept. */
  readonly warn: (error: unknown) => void;
}

/**
 * Keeps what came from one device: the full text sealed, the scrubbed one in git and in the plain folder. All are sealed
 * before the run is committed, so that no version in git ever waits for its full text.
 */
export async function keepCollected(
  outcome: Outcome<Collected> & { readonly ok: true },
  keepers: Keepers,
): Promise<Outcome<BackupResult>> {
  const { device, durationMs, value, ...rest } = outcome;
  const { folder, memory, sealed } = keepers;
  try {
    const { written, sizeBytes } = await stored(outcome, keepers);
    const { change, blob, linesAdded, linesRemoved, movedFrom } = written;
    if (movedFrom !== undefined) await folder?.remove(movedFrom);
    // Where two outputs may become one configuration, with other secrets, the kept one is the last.
    const isNews = change !== 'unchanged' || value.fingerprint === undefined;
    if (sealed && (isNews || !(await sealed.has(device, blob)))) {
      await memory.lend(
        value.full,
        async (content) => await sealed.seal({ device, blob, atMs: keepers.nowMs(), content }),
      );
    }
    return {
      ...rest,
      device,
      durationMs,
      value: { change, platform: value.platform, sizeBytes, linesAdded, linesRemoved },
    };
  } catch (error) {
    return failed({ ...rest, device, durationMs }, asNetwrightError(error, 'NW_STORE_FAILED'), keepers);
  }
}

async function stored(
  { device, durationMs, value }: Outcome<Collected> & { readonly ok: true },
  { folder, memory, writer }: Keepers,
): Promise<{ readonly written: WriteResult; readonly sizeBytes: number }> {
  const { path, fingerprint } = value;
  const note = { device, durationMs };
  if (value.isSame && fingerprint !== undefined && folder === undefined) {
    const written = await writer.writeSame(device, path, fingerprint, note);
    if (written !== undefined) return { written, sizeBytes: written.sizeBytes };
  }
  return await memory.lend(value.scrubbed(), async (scrubbed) => {
    const written = await writer.write(device, path, scrubbed, note, fingerprint);
    // Also what did not change: the folder may be newer than the configuration, or somebody may have emptied it.
    await folder?.write(path, scrubbed);
    return { written, sizeBytes: scrubbed.byteLength };
  });
}

/** Notes a failure; an output that the guard refused goes to quarantine. */
export async function keepFailure(
  outcome: Outcome<Collected> & { readonly ok: false },
  refused: readonly string[] | undefined,
  keepers: Keepers,
): Promise<Outcome<BackupResult>> {
  const { device, error } = outcome;
  if (refused !== undefined && keepers.quarantine) {
    const reason = keepers.redact(error.message);
    const { quarantine } = keepers;
    await keepers.memory
      .lend(
        refused,
        async (content) => await quarantine.keep({ device, atMs: keepers.nowMs(), code: error.code, reason, content }),
      )
      .catch(keepers.warn);
  }
  keepers.writer.note({ device, durationMs: outcome.durationMs, failure: failureOf(error, keepers) });
  return outcome;
}

type Base = Omit<Outcome<BackupResult>, 'ok' | 'value' | 'error'>;

function failed(base: Base, error: NetwrightError, keepers: Keepers): Outcome<BackupResult> {
  keepers.writer.note({ device: base.device, durationMs: base.durationMs, failure: failureOf(error, keepers) });
  return { ...base, ok: false, error };
}

const failureOf = (error: NetwrightError, keepers: Keepers): string =>
  keepers.redact(`${error.code}: ${error.message}`);
