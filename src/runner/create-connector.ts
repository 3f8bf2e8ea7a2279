import { randomBytes } from 'node:crypto';
import {
  abortError,
  asNetwrightError,
  type CallOptions,
  type Clock,
  type Logger,
  NetwrightError,
  type Redactor,
  silentLogger,
  systemClock,
} from '#core';
import {
  createTranscript,
  type DetectedPlatform,
  detectPlatform,
  openSession,
  type Session,
  type Transcript,
} from '#device';
import type { ConnectionOptions, CredentialStore, Device, Inventory } from '#inventory';
import type { Platform, PlatformRegistry } from '#platforms';
import type { Memory, TranscriptStore } from '#store';
import type { Dialer, Endpoint, HttpSession, KnownCertificates, NetconfSession, SshDialer } from '#transport';
import { type ApiSources, httpSession, netconfSession } from './api-sessions.ts';
import { certificatesInMemory } from './certificates-in-memory.ts';
import type { ConnectOptions, Connector } from './connector.ts';
import { endpointOf } from './endpoint-of.ts';
import { LoginPace } from './login-pace.ts';
import { scrubTranscript } from './scrub-transcript.ts';

export interface ConnectorOptions {
  readonly dialer: Dialer & Pick<SshDialer, 'openSubsystem' | 'openStream'>;
  readonly platforms: PlatformRegistry;
  readonly credentials: Pick<CredentialStore, 'login'>;
  /** Where hops are looked up. */
  readonly inventory: Pick<Inventory, 'get'>;
  readonly memory: Memory;
  readonly redactor: Redactor;
  /** Where failed conversations are kept; absent: nowhere. */
  readonly transcripts?: Pick<TranscriptStore, 'save'>;
  /** Certificates of HTTPS servers; default: they are remembered as long as the connector lives. */
  readonly knownCertificates?: KnownCertificates;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** What `platform: auto` found, by the address. */
const memoryKind = 'platform';
const addressOf = ({ address, port }: Device): string => `${address} ${port}`;

/** Makes the one way from devices to sessions. The dialer stays the caller's; closing the connector leaves it open. */
export function createConnector(options: ConnectorOptions): Required<Connector> {
  return new DeviceConnector(options);
}

class DeviceConnector implements Connector {
  readonly #options: ConnectorOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #pace: LoginPace;
  readonly #transcripts = new WeakMap<Session, Transcript>();
  readonly #api: ApiSources;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#pace = new LoginPace(this.#clock);
    this.#api = {
      ...options,
      logger: this.#logger,
      knownCertificates: options.knownCertificates ?? certificatesInMemory(),
      turn: async (device, signal) => {
        const known = await this.#knownPlatform(device);
        if (known) await this.#turn(device, known, signal);
      },
    };
  }

  get openSockets(): number {
    return this.#options.dialer.openSockets;
  }

  async connect(device: Device, options: ConnectOptions = {}): Promise<Session> {
    const transcript = this.#transcript();
    let platformId = device.platform;
    return await this.#keepingFailures(
      device,
      () => platformId,
      transcript,
      options.signal,
      async () => {
        const endpoint = await endpointOf(device, this.#options);
        const known = await this.#knownPlatform(device);
        if (known === undefined) {
          const { session } = await this.#detect(device, endpoint, transcript, { ...options, keepSession: true });
          return this.#kept(session!, transcript);
        }
        platformId = known.id;
        await this.#turn(device, known, options.signal);
        return this.#kept(
          await openSession(endpoint, known, this.#sessionOptions(device, transcript, options)),
          transcript,
        );
      },
    );
  }

  async detect(device: Device, options: CallOptions = {}): Promise<DetectedPlatform> {
    const transcript = this.#transcript();
    return await this.#keepingFailures(
      device,
      () => 'auto',
      transcript,
      options.signal,
      async () => {
        const endpoint = await endpointOf(device, this.#options);
        return await this.#detect(device, endpoint, transcript, options);
      },
    );
  }

  async netconf(device: Device, options?: CallOptions): Promise<NetconfSession> {
    return await netconfSession(device, this.#api, options);
  }

  async http(device: Device): Promise<HttpSession> {
    return await httpSession(device, this.#api);
  }

  async keepTranscript(session: Session, error: NetwrightError): Promise<string | undefined> {
    const transcript = this.#transcripts.get(session);
    return transcript && (await this.#keep(session.device, session.platform.id, transcript, error));
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** What the inventory says, or what was detected before; undefined when it is to be detected. */
  async #knownPlatform(device: Device): Promise<Platform | undefined> {
    const { memory, platforms } = this.#options;
    const id = device.platform === 'auto' ? memory.get(memoryKind, addressOf(device)) : device.platform;
    if (id === undefined || (device.platform === 'auto' && platforms.resolve(id) === undefined)) return undefined;
    return await platforms.get(id);
  }

  async #detect(
    device: Device,
    endpoint: Endpoint,
    transcript: Transcript,
    options: ConnectOptions & { readonly keepSession?: boolean },
  ): Promise<DetectedPlatform> {
    const detected = await detectPlatform(
      endpoint,
      this.#options.platforms.all(),
      this.#sessionOptions(device, transcript, options),
    );
    this.#options.memory.set(memoryKind, addressOf(device), detected.platform.id);
    // The login that was just made counts for the next.
    this.#pace.took(addressOf(device), detected.platform.loginsPerSecond);
    return detected;
  }

  /** Remembers whose conversation it is, for the case that the task on it fails. */
  #kept(session: Session, transcript: Transcript): Session {
    this.#transcripts.set(session, transcript);
    return session;
  }

  async #keepingFailures<T>(
    device: Device,
    platformId: () => string,
    transcript: Transcript,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const error = signal?.aborted ? abortError(signal) : asNetwrightError(thrown);
      // What was detected may be outdated: another device answers at that address now.
      if (device.platform === 'auto' && error.code === 'NW_PROMPT_NOT_FOUND') {
        this.#options.memory.delete(memoryKind, addressOf(device));
      }
      // Nothing is wrong with a conversation that the user ended.
      if (error.code === 'NW_CANCELLED') throw error;
      throw withTranscript(error, await this.#keep(device.name, platformId(), transcript, error));
    }
  }

  async #turn(device: Device, { loginsPerSecond }: Platform, signal: AbortSignal | undefined): Promise<void> {
    await this.#pace.turn(addressOf(device), loginsPerSecond, signal);
  }

  #transcript(): Transcript {
    return createTranscript({ redactor: this.#options.redactor, clock: this.#clock });
  }

  #sessionOptions<O extends ConnectOptions>({ connection }: Device, transcript: Transcript, options: O) {
    return {
      ...options,
      ...pick(connection, 'promptTimeoutMs', 'commandTimeoutMs', 'maxOutputBytes'),
      dialer: this.#options.dialer,
      logger: this.#logger,
      clock: this.#clock,
      transcript,
    };
  }

  /** Never rejects: that a conversation could not be kept must not hide why it failed. */
  async #keep(
    device: string,
    platform: string,
    transcript: Transcript,
    error: NetwrightError,
  ): Promise<string | undefined> {
    const { transcripts } = this.#options;
    const kept = error.details['transcriptId'];
    if (typeof kept === 'string') return kept;
    const said = transcript.entries();
    if (transcripts === undefined || said.length === 0) return undefined;
    const id = randomBytes(6).toString('hex');
    const failure = this.#options.redactor.redact(`${error.code} ${error.message}`);
    try {
      const rules = platform === 'auto' ? [] : (await this.#options.platforms.get(platform)).backup.secrets;
      const entries = scrubTranscript(said, rules);
      await transcripts.save({ id, device, platform, startedAtMs: transcript.startedAtMs, failure, entries });
      return id;
    } catch (thrown) {
      this.#logger.warn({ device, error: asNetwrightError(thrown).message }, 'transcript not kept');
      return undefined;
    }
  }
}

function pick<T extends ConnectionOptions, K extends keyof T>(from: T, ...keys: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {};
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key];
  return picked;
}

/** The same error, which now says where the conversation is kept. */
function withTranscript(error: NetwrightError, transcriptId: string | undefined): NetwrightError {
  if (transcriptId === undefined || error.details['transcriptId'] === transcriptId) return error;
  return new NetwrightError(error.code, error.message, {
    cause: error.cause,
    hint: error.hint,
    retryable: error.retryable,
    details: { ...error.details, transcriptId },
  });
}
