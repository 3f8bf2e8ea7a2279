import type { Platform } from '#platforms';

/** What a device showed of itself before anything was typed. */
export interface Appearance {
  /** SSH identification and banner. */
  readonly greeting: string;
  /** What it printed before its first prompt. */
  readonly notice: string;
  /** Its first prompt. */
  readonly prompt: string;
}

/** How much a match of the greeting and of the prompt count, on the scale of probe priorities. */
const greetingWeight = 30;
const promptWeight = 20;

/** What a shell says of a file or command that it does not have repeats its name, which is no sign of its presence. */
const refusal =
  /no such file|not found|cannot (?:open|access|stat)|unknown command|invalid (?:input|command)|syntax error/i;

/** A command that several platforms know themselves by. */
export interface Probe {
  readonly run: string;
  readonly priority: number;
  readonly matches: readonly { readonly platform: Platform; readonly match: RegExp; readonly priority: number }[];
}

interface Standing {
  readonly platform: Platform;
  /** Of greeting and prompt. */
  readonly hint: number;
  /** The highest priority among the probes that matched; 0 for none. */
  proof: number;
  readonly evidence: string[];
}

/** Which platform it is likely to be, by what was seen so far. */
export class PlatformScores {
  readonly #standings: readonly Standing[];

  constructor(candidates: readonly Platform[], { greeting, notice, prompt }: Appearance) {
    this.#standings = candidates.map((platform) => {
      const evidence: string[] = [];
      const { detect } = platform;
      let hint = 0;
      // Telnet has no greeting; what SSH shows as its banner stands before the first prompt there.
      const greeted = detect?.greeting && (detect.greeting.exec(greeting) ?? detect.greeting.exec(notice));
      if (greeted) {
        hint += greetingWeight;
        evidence.push(`the greeting has "${brief(greeted[0])}"`);
      }
      const prompted = detect?.prompt && (detect.prompt.exec(prompt) ?? detect.prompt.exec(`${notice}\n${prompt}`));
      if (prompted) {
        hint += promptWeight;
        evidence.push(`the prompt or the text before it has "${brief(prompted[0])}"`);
      }
      return { platform, hint, proof: 0, evidence };
    });
  }

  /**
   * The probes in the order in which they tell the most: those of platforms that greeting and prompt speak for first,
   * then by priority. One run serves all platforms that know themselves by the same command.
   */
  probes(): readonly Probe[] {
    const byCommand = new Map<string, { platform: Platform; match: RegExp; priority: number }[]>();
    const rank = new Map<string, number>();
    for (const { platform, hint } of this.#standings) {
      for (const { run, match, priority } of platform.detect?.probes ?? []) {
        byCommand.set(run, [...(byCommand.get(run) ?? []), { platform, match, priority }]);
        rank.set(run, Math.max(rank.get(run) ?? 0, priority + hint * 2));
      }
    }
    return [...byCommand]
      .map(([run, matches]) => ({ run, matches, priority: Math.max(...matches.map((one) => one.priority)) }))
      .sort((a, b) => rank.get(b.run)! - rank.get(a.run)! || b.matches.length - a.matches.length);
  }

  /** Takes the output of a probe into account. */
  weigh(probe: Probe, output: string): void {
    const told = output
      .split('\n')
      .filter((line) => !refusal.test(line))
      .join('\n');
    for (const { platform, match, priority } of probe.matches) {
      const found = match.exec(told);
      if (!found) continue;
      const standing = this.#standings.find((one) => one.platform === platform)!;
      standing.proof = Math.max(standing.proof, priority);
      standing.evidence.push(`"${probe.run}" printed "${brief(found[0])}"`);
    }
  }

  /** The platform that a probe proved, once none of the probes left could prove another one better. */
  proven(left: readonly Probe[]): Standing | undefined {
    const best = this.#best((one) => one.proof > 0);
    const highest = Math.max(0, ...left.flatMap(({ matches }) => matches.map(({ priority }) => priority)));
    return best && best.proof + best.hint >= highest ? best : undefined;
  }

  /** The one platform for which greeting and prompt both speak, when no other can claim the same. */
  obvious(): Standing | undefined {
    const claimed = this.#standings.filter(({ hint }) => hint >= greetingWeight + promptWeight);
    return claimed.length === 1 ? claimed[0] : undefined;
  }

  /** The best that is left when all probes were tried: a proof, else the only one that greeting or prompt speak for. */
  likely(): Standing | undefined {
    const proven = this.#best((one) => one.proof > 0);
    if (proven) return proven;
    const top = Math.max(0, ...this.#standings.map(({ hint }) => hint));
    const hinted = this.#standings.filter(({ hint }) => hint === top);
    return top > 0 && hinted.length === 1 ? hinted[0] : undefined;
  }

  #best(accept: (standing: Standing) => boolean): Standing | undefined {
    return this.#standings.filter(accept).sort((a, b) => b.proof - a.proof || b.hint - a.hint)[0];
  }
}

const brief = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};
