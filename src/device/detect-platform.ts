import { NetwrightError, textOfLatin1, withDeadline } from '#core';
import type { Platform } from '#platforms';
import type { Endpoint } from '#transport';
import { CommandLine } from './command-line.ts';
import { genericPlatform } from './generic-platform.ts';
import { type OpenSessionOptions, prepare, reach } from './open-session.ts';
import { type Appearance, PlatformScores } from './platform-scores.ts';
import type { Session } from './session.ts';

export interface DetectPlatformOptions extends OpenSessionOptions {
  /** Keep the connection and make a session of it; default: it is closed. */
  readonly keepSession?: boolean;
}

export interface DetectedPlatform {
  readonly platform: Platform;
  /** Why it is that one: a sentence for each thing that spoke for it. */
  readonly evidence: readonly string[];
  /** With `keepSession`: the open session, prepared unless `prepare` is false. The caller closes it. */
  readonly session?: Session;
}

/** For each probe: a system that does not know the command says so at once. */
const probeTimeoutMs = 10_000;
/** A device that answers nothing sensible is not asked for ever. */
const mostProbes = 24;

/**
 * Finds out which platform a device runs: from the SSH greeting, its first prompt and the text before it, and probe
 * commands in the order of their priority, each typed once for all platforms that have it. The commands only show
 * things; on most systems nothing but an "invalid input" line tells of those that are not known there.
 *
 * @throws NetwrightError `NW_PLATFORM_NOT_DETECTED` with what was seen, and whatever opening a session throws
 */
export function detectPlatform(
  endpoint: Endpoint,
  candidates: Iterable<Platform> | AsyncIterable<Platform>,
  options: DetectPlatformOptions,
): Promise<DetectedPlatform> {
  return withDeadline(
    options,
    () =>
      new NetwrightError('NW_PLATFORM_NOT_DETECTED', `${endpoint.name}: not found out within ${options.timeoutMs} ms`),
    async (signal) => {
      const platforms: Platform[] = [];
      for await (const platform of candidates) platforms.push(platform);
      const { line, greeting: notice } = await reach(endpoint, genericPlatform, options, signal);
      try {
        const appearance = { greeting: line.conversation.channel.greeting, notice, prompt: line.prompt.line };
        const { platform, evidence } = await identify(line, platforms, appearance, signal);
        if (options.keepSession !== true) {
          await leave(line, platform);
          return { platform, evidence };
        }
        return { platform, evidence, session: await handOver(endpoint, line, platform, options, signal) };
      } catch (error) {
        line.conversation.channel.destroy();
        throw error;
      }
    },
  );
}

async function identify(
  line: CommandLine,
  candidates: readonly Platform[],
  appearance: Appearance,
  signal: AbortSignal,
): Promise<{ readonly platform: Platform; readonly evidence: readonly string[] }> {
  const scores = new PlatformScores(candidates, appearance);
  const obvious = scores.obvious();
  if (obvious) return obvious;
  const probes = scores.probes().slice(0, mostProbes);
  const seen: string[] = [];
  for (const [at, probe] of probes.entries()) {
    const { latin1 } = await line.ask(probe.run, { timeoutMs: probeTimeoutMs, signal });
    const text = textOfLatin1(latin1);
    seen.push(`"${probe.run}" printed "${firstWords(text)}"`);
    scores.weigh(probe, text);
    const proven = scores.proven(probes.slice(at + 1));
    if (proven) return proven;
  }
  const likely = scores.likely();
  if (likely) return likely;
  const { channel, recorder } = line.conversation;
  const shown = [
    appearance.greeting === '' ? '' : `greeting "${firstWords(appearance.greeting)}"`,
    `prompt "${appearance.prompt.trim()}"`,
    ...seen,
  ];
  throw new NetwrightError(
    'NW_PLATFORM_NOT_DETECTED',
    recorder.redactor.redact(
      `${channel.label}: none of ${candidates.length} platforms fits; seen: ${shown.filter(Boolean).join('; ')}`,
    ),
  );
}

/** Goes on with the same connection as a session of the platform. */
async function handOver(
  endpoint: Endpoint,
  generic: CommandLine,
  platform: Platform,
  options: OpenSessionOptions,
  signal: AbortSignal,
): Promise<Session> {
  const { conversation, login } = generic;
  const line = new CommandLine({ conversation, platform, login });
  const match = line.matcher.match(generic.prompt.line);
  if (!match)
    throw new NetwrightError(
      'NW_PROMPT_NOT_FOUND',
      `${conversation.channel.label} (${platform.id}): detected, but its prompt "${generic.prompt.line.trim()}" fits no mode`,
    );
  line.arrive(match);
  line.echoes = generic.echoes;
  return prepare(endpoint.name, line, options, signal);
}

async function leave(line: CommandLine, platform: Platform): Promise<void> {
  const step = platform.close?.[0];
  const { conversation } = line;
  if (step !== undefined && !conversation.isEnded)
    conversation.write((typeof step === 'string' ? step : step.send) + line.newline);
  await conversation.channel.close();
}

const firstWords = (text: string): string => {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
};
