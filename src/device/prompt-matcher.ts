import type { Mode, Platform } from '#platforms';

export interface PromptMatch {
  readonly mode: string;
  /** The prompt as it stood, trailing blanks included. */
  readonly line: string;
  /** What the named group `host` captured. */
  readonly host: string | undefined;
  /** `same`: the learned name. `other`: another one. `unknown`: nothing is learned yet, or the mode captures no name. */
  readonly familiarity: 'same' | 'other' | 'unknown';
}

/** Longer last lines are no prompts. */
const longestPrompt = 512;
/** Cisco IOS cuts host names in configuration prompts at 20 characters, others a little earlier. */
const shortestTruncation = 15;

/** Recognises prompts: the platform's mode patterns, and of those only the ones with the name learned at login. */
export class PromptMatcher {
  readonly #modes: readonly (readonly [string, Mode<string>])[];
  #host: string | undefined;

  constructor(platform: Platform) {
    this.#modes = Object.entries<Mode<string>>(platform.modes);
  }

  /** The learned name; undefined before the first prompt and where no mode captures one. */
  get host(): string | undefined {
    return this.#host;
  }

  /** Takes the name of an accepted prompt over, unless it is only a cut or extended form of the learned one. */
  learn(match: PromptMatch): void {
    if (match.host !== undefined && match.host !== '' && match.familiarity !== 'same') this.#host = match.host;
  }

  /** @param line the last line as a terminal shows it */
  match(line: string): PromptMatch | undefined {
    if (line === '' || line.length > longestPrompt) return undefined;
    const bare = withoutEndBlanks(line);
    if (bare === '') return undefined;
    const match = this.#matchForm(line, line);
    if (match && match.familiarity !== 'other') return match;
    // Blanks at the end come and go with versions and packet borders.
    const spaced = line === `${bare} ` ? undefined : this.#matchForm(`${bare} `, line);
    if (spaced && spaced.familiarity !== 'other') return spaced;
    return match ?? spaced ?? (line === bare ? undefined : this.#matchForm(bare, line));
  }

  #matchForm(form: string, line: string): PromptMatch | undefined {
    let stranger: PromptMatch | undefined;
    for (const [mode, { prompt, not }] of this.#modes) {
      const found = prompt.exec(form);
      if (!found || not?.some((no) => no.test(form))) continue;
      const host = found.groups?.['host'];
      const match = { mode, line, host, familiarity: this.#familiarity(host) };
      if (match.familiarity !== 'other') return match;
      stranger ??= match;
    }
    return stranger;
  }

  #familiarity(host: string | undefined): PromptMatch['familiarity'] {
    if (host === undefined || host === '' || this.#host === undefined) return 'unknown';
    return isSameHost(this.#host, host) ? 'same' : 'other';
  }
}

function withoutEndBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/** Whether both stand for one device: equal, cut (IOS), or extended by a context (`asa/ctx1`, `[HUAWEI-Vlanif1]`). */
function isSameHost(learned: string, seen: string): boolean {
  if (learned === seen) return true;
  const [short, long] = learned.length < seen.length ? [learned, seen] : [seen, learned];
  if (!long.startsWith(short)) return false;
  return '-/(:.'.includes(long.charAt(short.length)) || (short === seen && short.length >= shortestTruncation);
}
