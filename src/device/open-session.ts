import {
  type CallOptions,
  type Clock,
  type Logger,
  NetwrightError,
  silentLogger,
  systemClock,
  withDeadline,
} from '#core';
import type { Platform } from '#platforms';
import type { Channel, Dialer, Endpoint } from '#transport';
import { CommandLine } from './command-line.ts';
import { Conversation } from './conversation.ts';
import { DeviceSession } from './device-session.ts';
import { logIn } from './login.ts';
import { enterMode } from './mode-change.ts';
import type { OutputBudget } from './output-budget.ts';
import { Recorder } from './recorder.ts';
import { sendCommands } from './send-commands.ts';
import type { Session } from './session.ts';
import { terminalOf } from './terminal-of.ts';
import type { TranscriptSink } from './transcript.ts';

export interface OpenSessionOptions extends CallOptions {
  readonly dialer: Dialer;
  /** From connected to the first prompt, login dialogue included. Default 30,000. */
  readonly promptTimeoutMs?: number;
  /** For each command without one of its own. Default 60,000. */
  readonly commandTimeoutMs?: number;
  /** Default 64 MiB. */
  readonly maxOutputBytes?: number;
  /** What outputs may take together. Default: one for all sessions of the process. */
  readonly outputBudget?: OutputBudget;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Gets the conversation as it happens, redacted. */
  readonly transcript?: TranscriptSink;
  /** Default: the first prompt is brought to the platform's `home` and its `open` steps are typed. */
  readonly prepare?: boolean;
}

/** Opens a channel, holds the login dialogue, goes home and types the platform's `open` steps. */
export type OpenSession = (endpoint: Endpoint, platform: Platform, options: OpenSessionOptions) => Promise<Session>;

const defaultTimeouts = { promptTimeoutMs: 30_000, commandTimeoutMs: 60_000 } as const;
const defaultMaxOutputBytes = 64 * 1024 * 1024;

/**
 * Opens a channel, holds the login dialogue and goes to the platform's `home`. Where the platform takes everything
 * that is typed ahead, its `open` steps wait for the first command and go with it in one burst.
 *
 * `options.timeoutMs` is for all of it, the connecting included. On abort, deadline or failure nothing stays open.
 *
 * @throws NetwrightError of the codes for reaching a device, `NW_AUTH_FAILED`, `NW_AUTH_TIMEOUT`, `NW_ENABLE_FAILED`,
 * `NW_PROMPT_NOT_FOUND`, `NW_MODE_UNREACHABLE`, `NW_COMMAND_REJECTED` (an `open` step), `NW_CONNECTION_LOST`
 */
export const openSession: OpenSession = (endpoint, platform, options) =>
  withDeadline(
    options,
    () =>
      new NetwrightError(
        'NW_PROMPT_NOT_FOUND',
        `${endpoint.name} (${platform.id}): the session was not open within ${options.timeoutMs} ms`,
      ),
    async (signal) => {
      const { line, greeting } = await reach(endpoint, platform, options, signal);
      options.logger?.debug(
        { device: endpoint.name, mode: line.prompt.mode, greetingBytes: greeting.length },
        'logged in',
      );
      return prepare(endpoint.name, line, options, signal);
    },
  );

/** Opens the channel and waits for the first prompt. */
export async function reach(
  endpoint: Endpoint,
  platform: Platform,
  options: OpenSessionOptions,
  signal: AbortSignal,
): Promise<{ readonly line: CommandLine; readonly greeting: string }> {
  const suffix = platform.userSuffix ?? '';
  const login = { ...endpoint.login, user: endpoint.login.user + suffix };
  const target = suffix === '' ? endpoint : { ...endpoint, login };
  const channel = await options.dialer.open(target, { signal, terminal: terminalOf(platform) }).catch((error) => {
    noteRefusal(endpoint, options, error);
    throw error;
  });
  if (signal.aborted) channel.destroy();
  const conversation = converse(channel, endpoint, options);
  const line = new CommandLine({ conversation, platform, login });
  try {
    const timeoutMs = options.promptTimeoutMs ?? defaultTimeouts.promptTimeoutMs;
    return { line, greeting: await logIn(line, { timeoutMs, signal }) };
  } catch (error) {
    conversation.channel.destroy();
    throw error;
  }
}

/** Makes a session of a device at its first prompt: home, opening steps. Destroys the channel when that fails. */
export async function prepare(
  device: string,
  line: CommandLine,
  options: OpenSessionOptions,
  signal: AbortSignal,
): Promise<Session> {
  const { platform } = line;
  const commandTimeoutMs = options.commandTimeoutMs ?? defaultTimeouts.commandTimeoutMs;
  const wantsPreparation = options.prepare !== false;
  let pending = wantsPreparation ? (platform.open ?? []) : [];
  try {
    if (wantsPreparation) {
      await enterMode(line, platform.home, { timeoutMs: commandTimeoutMs, signal });
      if (platform.pipelining !== 'full') {
        await sendCommands(line, pending, [], { timeoutMs: commandTimeoutMs, signal });
        pending = [];
      }
    }
    return new DeviceSession({ device, line, commandTimeoutMs, pending });
  } catch (error) {
    line.conversation.channel.destroy();
    throw error;
  }
}

/** Of a login that SSH itself refuses there is no dialogue: the transcript says what was offered and refused. */
function noteRefusal(endpoint: Endpoint, options: OpenSessionOptions, error: unknown): void {
  if (!(error instanceof NetwrightError) || !/^NW_(?:AUTH|SSH|JUMP)_/.test(error.code)) return;
  new Recorder(endpoint, options.transcript, options.clock ?? systemClock).note(`${error.code}: ${error.message}`);
}

function converse(channel: Channel, endpoint: Endpoint, options: OpenSessionOptions): Conversation {
  const recorder = new Recorder(endpoint, options.transcript, options.clock ?? systemClock);
  const logger = options.logger ?? silentLogger;
  logger.debug({ device: endpoint.name, channel: channel.label }, 'channel open');
  if (channel.greeting !== '') recorder.note(channel.greeting);
  return new Conversation(channel, recorder, options.maxOutputBytes ?? defaultMaxOutputBytes, options.outputBudget);
}
