import { describe, expect, it } from 'vitest';
import { applySecrets, dropLines, incompleteness, type LineRule, type Platform, type SecretRule } from '#platforms';
import { DialoguePlayer } from './dialogue-player.ts';
import {
  isDoubtful,
  judge,
  patternKey,
  platformPatterns,
  readVerdicts,
  type Verdicts,
  writeVerdicts,
} from './pattern-verdicts.ts';
import { catalogueIds, loadPlatform, loadSamples, type Samples } from './samples.ts';

/** With NW_JUDGE=1 new patterns are judged, however long it takes, and the verdicts are written down; else they fail. */
const isJudging = process.env['NW_JUDGE'] === '1';

const platforms = await Promise.all(catalogueIds.map(loadPlatform));

const modesMatching = (platform: Platform, prompt: string): string[] =>
  Object.entries(platform.modes)
    .filter(([, mode]) => mode.prompt.test(prompt) && !mode.not?.some((not) => not.test(prompt)))
    .map(([name]) => name);

const scrubbed = (text: string, rules: readonly SecretRule[]): string => applySecrets(text, rules, () => '<secret>');

/** Modes that can be reached from `from`, itself included. */
function reachable(platform: Platform, from: string): Set<string> {
  const found = new Set([from]);
  for (const mode of found) for (const next of Object.keys(platform.modes[mode]?.to ?? {})) found.add(next);
  return found;
}

const dropRules = (platform: Platform): LineRule[] => [
  ...platform.backup.volatile,
  ...platform.backup.commands.flatMap(({ drop }) => drop ?? []),
];

describe('the catalogue', () => {
  it('has no id or alias twice, and each file is named after its id', () => {
    expect(platforms.map(({ id }) => id)).toEqual(catalogueIds);
    const names = platforms.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('has no pattern that can blow up', { timeout: isJudging ? 3_600_000 : 60_000 }, () => {
    const verdicts = readVerdicts();
    const safe: Verdicts = new Map();
    const unsafe: string[] = [];
    for (const platform of platforms) {
      for (const { path, pattern } of platformPatterns(platform)) {
        if (!isDoubtful(pattern)) continue;
        const key = patternKey(pattern);
        const known = safe.get(key) ?? verdicts.get(key);
        const verdict = known ?? (isJudging ? judge(pattern, 60_000) : 'not judged yet');
        if (verdict === 'safe') safe.set(key, verdict);
        else unsafe.push(`${platform.id} ${path} ${pattern}: ${verdict}`);
      }
    }
    if (isJudging) writeVerdicts(safe);
    expect(unsafe, 'NW_JUDGE=1 npx vitest run test/platforms/catalogue.test.ts judges new patterns').toEqual([]);
  });

  it('keeps verdicts that recheck still gives', { timeout: 300_000 }, () => {
    const byKey = new Map(
      platforms.flatMap((platform) => platformPatterns(platform).map(({ pattern }) => [patternKey(pattern), pattern])),
    );
    const sample = [...readVerdicts().keys()].filter((_key, at) => at % 250 === 1);
    expect(sample.length).toBeGreaterThan(1);
    expect(sample.filter((key) => !byKey.has(key))).toEqual([]);
    // On a busy machine recheck may not come to an end; it must never come to another one.
    const verdicts = sample.map((key) => judge(byKey.get(key)!, 60_000));
    expect(verdicts.filter((verdict) => verdict !== 'unknown: timeout' && verdict !== 'safe')).toEqual([]);
  });
});

describe.each(platforms)('$id', (platform) => {
  let loaded: Samples | undefined;
  const samples = (): Samples => (loaded ??= loadSamples(platform.id));
  const { backup } = platform;

  it('has patterns without g, y and u flags, anchored as their place asks', () => {
    const problems: string[] = [];
    for (const { path, pattern } of platformPatterns(platform)) {
      if (/[gyu]/.test(pattern.flags)) problems.push(`${path}: flag ${pattern.flags}`);
      const begins = pattern.source.startsWith('^') || pattern.source.startsWith('(?:^');
      const ends = pattern.source.endsWith('$');
      if (/^modes\.\w+\.prompt$|^backup\.complete\.end/.test(path) && !(begins && ends))
        problems.push(`${path}: ^ and $`);
      if (/^failures/.test(path) && !begins) problems.push(`${path}: ^`);
      if (/\.see$/.test(path) && !ends) problems.push(`${path}: $`);
    }
    expect(problems).toEqual([]);
  });

  it('reaches every mode from home and comes back', () => {
    const modes = Object.keys(platform.modes);
    expect([...reachable(platform, platform.home)].sort()).toEqual(modes.sort());
    for (const mode of modes) expect(reachable(platform, mode), `from ${mode}`).toContain(platform.home);
    if (platform.configure !== undefined) expect(modes).toContain(platform.configure);
  });

  it('knows every sample prompt as that of one mode', () => {
    for (const [mode, prompts] of Object.entries(samples().prompts)) {
      for (const prompt of prompts) {
        expect(modesMatching(platform, prompt), JSON.stringify(prompt)).toEqual(mode === 'fail' ? [] : [mode]);
      }
    }
    const { fail = [], ...byMode } = samples().prompts;
    expect(Object.keys(byMode).sort()).toEqual(Object.keys(platform.modes).sort());
    expect(Object.values(byMode).every((prompts) => prompts.length > 0)).toBe(true);
    expect(fail.length).toBeGreaterThan(2);
    for (const prompt of Object.values(byMode).flat()) {
      const captured = Object.values(platform.modes).map(
        ({ prompt: pattern }) => pattern.exec(prompt)?.groups?.['host'],
      );
      for (const host of captured) if (host !== undefined) expect(prompt).toContain(host);
    }
  });

  it('finds no prompt and no refusal in its own configuration', () => {
    const lines = samples().runningConfig.split('\n');
    expect(lines.filter((line) => modesMatching(platform, line).length > 0)).toEqual([]);
    expect(lines.filter((line) => platform.failures.some((failure) => failure.test(line)))).toEqual([]);
  });

  it('replaces every secret and nothing beside it', () => {
    for (const { text, gone, kept = [] } of samples().secrets) {
      const result = scrubbed(text, backup.secrets);
      for (const value of gone) expect(result, text).not.toContain(value);
      for (const value of kept) expect(result, text).toContain(value);
      if (gone.length === 0) expect(result).toBe(text);
    }
  });

  it('has no secret rule that no sample needs, and each holds its word', () => {
    const lines = samples().secrets.flatMap(({ text }) => text.split('\n'));
    const problems: string[] = [];
    for (const rule of backup.secrets) {
      const pattern = rule.kind === 'line' ? rule.match : rule.from;
      const hits = lines.filter((line) => pattern.test(line));
      if (hits.length === 0) problems.push(`fires on no sample: ${pattern}`);
      if (hits.some((line) => !line.includes(rule.word)))
        problems.push(`"${rule.word}" is not in every line: ${pattern}`);
      if (!literal(pattern).includes(rule.word)) problems.push(`"${rule.word}" does not stand in ${pattern}`);
      if (rule.kind === 'line' && !/\(\?<secret>/.test(pattern.source)) problems.push(`no group secret: ${pattern}`);
    }
    expect(problems).toEqual([]);
  });

  it('drops volatile lines and no others', () => {
    const rules = dropRules(platform);
    const { drop = [], keep = [] } = samples().volatile;
    for (const line of drop) expect(dropLines(`${line}\n`, rules), line).toBe('');
    for (const line of keep) expect(dropLines(`${line}\n`, rules)).toBe(`${line}\n`);
    const idle = rules.filter((rule) => !drop.some((line) => dropLines(line, [rule]) === ''));
    expect(idle, 'rules that no sample needs').toEqual([]);
    for (const { word, match } of rules) if (match !== undefined) expect(literal(match)).toContain(word);
  });

  it('takes its sample configuration for whole, and nothing that was cut', () => {
    // As it came: completeness is judged before volatile lines go.
    const drops = backup.commands.flatMap(({ drop }) => drop ?? []);
    const text = dropLines(samples().runningConfig, drops);
    const { complete } = backup;
    expect(complete.end ?? complete.balanced ?? complete.nested ?? complete.prompt).toBeDefined();
    expect(incompleteness(text, complete)).toBeUndefined();
    expect(incompleteness(scrubbed(text, backup.secrets), complete)).toBeUndefined();
    const lines = text.replace(/[ \t\r\n]+$/, '').split('\n');
    const cuts = lines.map((_line, at) => lines.slice(0, at).join('\n')).slice(1);
    const whole = cuts.filter((cut) => incompleteness(cut, complete) === undefined);
    if (complete.end !== undefined) {
      // Where the end of the configuration is known by its section only, a cut within that goes unseen.
      if (complete.prompt === undefined) expect(whole).toEqual([]);
      else expect(whole.length).toBeLessThan(cuts.length / 2);
    } else if (complete.prompt === undefined) {
      const inside = cuts.filter((_cut, at) => /^[ \t]/.test(lines[at + 1] ?? ''));
      expect(whole.filter((cut) => inside.includes(cut))).toEqual([]);
      expect(inside.length).toBeGreaterThan(5);
    }
  });

  it('has a sample configuration worth the name', () => {
    const lines = samples().runningConfig.split('\n');
    expect(lines.length).toBeGreaterThan(30);
    expect(/[^\x00-\x7f]/.test(samples().runningConfig)).toBe(true);
    expect(scrubbed(samples().runningConfig, backup.secrets)).not.toBe(samples().runningConfig);
  });

  it('sees refusals', () => {
    const refused = samples().failures ?? [];
    const idle = platform.failures.filter((failure) => !refused.some((line) => failure.test(line)));
    expect(idle.map(String), 'patterns that no line of failures.yaml needs').toEqual([]);
    for (const line of refused) {
      expect(
        platform.failures.some((failure) => failure.test(line)),
        line,
      ).toBe(true);
    }
  });

  it('plays its session from login to the backup', () => {
    const player = new DialoguePlayer(platform, samples().session);
    player.logIn();
    const first = player.mode!;
    for (const step of stepsBetween(platform, first, platform.home)) player.type(step);
    expect(player.mode).toBe(platform.home);
    for (const step of platform.open ?? []) player.type(step);
    let configurations = 0;
    for (const command of backup.commands) {
      const text = player.type(command.run).replaceAll('\r', '');
      expect(player.mode, command.run).toBe(platform.home);
      // One of two commands of which a device knows only one.
      if (command.optional && text.split('\n').some((line) => platform.failures.some((failure) => failure.test(line))))
        continue;
      const kept = dropLines(text, command.drop ?? [])
        .split('\n')
        .filter((line) => command.keep === undefined || command.keep.some((keep) => keep.test(line)));
      expect(
        kept.some((line) => line !== ''),
        `${command.run} leaves nothing`,
      ).toBe(true);
      if (command.as === 'configuration') {
        expect(incompleteness(kept.join('\n'), backup.complete)).toBeUndefined();
        configurations += 1;
      }
    }
    expect(configurations).toBeGreaterThan(0);
  });
});

/** The literal text of a pattern, escapes undone: enough to see whether a word stands in it. */
const literal = (pattern: RegExp): string => pattern.source.replace(/\\([^\w])/g, '$1');

function stepsBetween(platform: Platform, from: string, to: string) {
  const ways = new Map<string, NonNullable<Platform['open']>>([[from, []]]);
  for (const [mode, way] of ways) {
    for (const [next, steps] of Object.entries(platform.modes[mode]?.to ?? {})) {
      if (!ways.has(next)) ways.set(next, [...way, ...(steps ?? [])]);
    }
  }
  return ways.get(to) ?? [];
}
