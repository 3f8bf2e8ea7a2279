import type { Session } from '#device';
import type { Platform, Step } from '#platforms';
import type { Pace } from './pace.ts';
import { tidied } from './pace.ts';
import { notSupported } from './refuse.ts';

const textOf = (step: Step): string => (typeof step === 'string' ? step : step.send);

/** What is typed between two neighbouring modes. */
const between = (platform: Platform, from: string, to: string): readonly string[] =>
  (platform.modes[from]?.to?.[to] ?? []).map(textOf);

/** The lines with the way into the configuration mode and out of it, as they are typed. */
export function withWay({ platform }: Session, lines: readonly string[]): readonly string[] {
  const { home, configure } = platform;
  if (lines.length === 0 || configure === undefined || configure === home) return lines;
  return [...between(platform, home, configure), ...lines, ...between(platform, configure, home)];
}

/** Works in the configuration mode and comes home from it. @throws NetwrightError `NW_NOT_SUPPORTED` where there is none */
export async function configuring<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  const { home, configure } = session.platform;
  if (configure === undefined) {
    throw notSupported(session, 'it has no mode that takes configuration', `netwright shell ${session.device}`);
  }
  await session.enter(configure, pace());
  return tidied(work, async (ownPace) => {
    await leaveSections(session, ownPace);
    await session.enter(home, ownPace());
  });
}

/** FortiOS shows the section in its prompt, and has no command that leaves all of them: `abort` leaves one without keeping it. */
async function leaveSections(session: Session, pace: Pace): Promise<void> {
  const { home, configure, id } = session.platform;
  if (configure !== home || id !== 'fortinet') return;
  for (let depth = 0; depth < 8 && / \([^()]+\) [#$]\s*$/.test(session.prompt); depth += 1) {
    await session.dialogue('abort', [], pace());
  }
}

/** Makes the running configuration the start-up one, as the platform does it. */
export async function saveByPlatform(session: Session, pace: Pace): Promise<void> {
  for (const step of session.platform.save ?? []) {
    const dialogue = typeof step === 'string' ? [] : (step.dialogue ?? []);
    await session.dialogue(textOf(step), dialogue, pace(120_000));
  }
}
