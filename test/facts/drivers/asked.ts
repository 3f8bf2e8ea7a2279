import fc from 'fast-check';
import { expect } from 'vitest';
import { NetwrightError } from '#core';
import { type ArgsOf, type FactsOf, type GetterName, readFacts } from '#facts';
import { driverOf } from '../../../src/facts/drivers/index.ts';
import { recordedSource } from '../recorded.ts';

/** A shell has no forms: JSON too is text there. */
export interface Forms {
  readonly asText?: boolean;
}

export type Answers = Readonly<Record<string, string>>;

export interface Told<G extends GetterName> {
  readonly value: FactsOf<G>;
  readonly warnings: readonly { readonly line?: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** What a device that gives these answers is found to be. An object, or its text, is answered to who asks for JSON, `<…>` for XML. */
export async function told<G extends GetterName>(
  platform: string,
  getter: G,
  answers: Readonly<Record<string, string | object>>,
  args?: Partial<ArgsOf<G>>,
  { asText = false }: Forms = {},
): Promise<Told<G>> {
  const texts: Record<string, string> = {};
  const forms: Record<string, string> = {};
  for (const [question, answer] of Object.entries(answers)) {
    texts[question] = typeof answer === 'string' ? answer : JSON.stringify(answer);
    forms[question] = asText ? 'txt' : formOf(answer);
  }
  return await readFacts(getter, await recordedSource({ platform, answers: texts, forms }), args);
}

function formOf(answer: string | object): string {
  if (typeof answer === 'object' || /^[{[]/.test(answer)) return 'json';
  return answer.startsWith('<') ? 'xml' : 'txt';
}

/** The getters of a platform. */
export async function gettersOf(platform: string): Promise<GetterName[]> {
  const driver = await driverOf(platform);
  return Object.keys(driver?.getters ?? {}) as GetterName[];
}

const argsOf: { readonly [G in GetterName]?: object } = { get_route_to: { destination: '192.0.2.0/24' } };

/** What patterns stumble over: thousands of the same. */
const longNoise = fc.constantFrom('a ', ' ', '1.', ': ', ', ', '"', 'A').map((bit) => bit.repeat(5000));

/**
 * Breaks the answers in every way in which lines break: cut short, characters lost, lines doubled, noise between them.
 * A getter may then tell less or refuse, but only with one of our errors, in the shape of its schema, and in time.
 */
export async function survivesNoise(
  platform: string,
  getter: GetterName,
  answers: Answers,
  forms?: Forms,
): Promise<void> {
  const broken = fc.record({
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    lost: fc.nat(4000),
    noise: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), longNoise),
    at: fc.nat(4000),
    twice: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(broken, async ({ cut, lost, noise, at, twice }) => {
      const spoilt = Object.fromEntries(
        Object.entries(answers).map(([question, answer]) => {
          const length = Math.ceil(answer.length * cut);
          const short = answer.slice(0, length);
          const hole = lost % (short.length + 1);
          const noisy = short.slice(0, hole) + noise + short.slice(hole + (at % 7));
          return [question, twice ? noisy + noisy : noisy];
        }),
      );
      const from = performance.now();
      await told(platform, getter, spoilt, argsOf[getter], forms).catch((error: unknown) => {
        expect(error).toBeInstanceOf(NetwrightError);
      });
      expect(performance.now() - from).toBeLessThan(2000);
    }),
    { numRuns: 25 },
  );
}

/** Prose in place of every answer: whatever comes of it, it is not an empty table without a word. */
export async function neverTakesProseForNothing(
  platform: string,
  getter: GetterName,
  answers: Answers,
  forms?: Forms,
): Promise<void> {
  const prose = Object.fromEntries(Object.entries(answers).map(([asked, answer]) => [asked, proseLike(answer)]));
  const outcome = await told(platform, getter, prose, argsOf[getter], forms).catch((error: unknown) => {
    expect(error).toBeInstanceOf(NetwrightError);
    return undefined;
  });
  // A configuration may say anything.
  if (outcome !== undefined && !JSON.stringify(outcome.value).includes('quick brown')) {
    expect({ getter, said: outcome.warnings.length + outcome.notes.length }).not.toEqual({ getter, said: 0 });
  }
}

/** Well formed, where the question asks for a form, and yet no answer. */
function proseLike(answer: string): string {
  const form = formOf(answer);
  if (form === 'json') return '{"message":"The quick brown fox"}';
  return form === 'xml'
    ? '<rpc-reply><data><motd>The quick brown fox</motd></data></rpc-reply>'
    : 'The quick brown fox\nand so on\n';
}

/**
 * Very long answers: a table that goes on and on, and one line without an end. What is read of them is read in time
 * that grows with them, so that a device that prints for ever costs no more than its limit of output.
 */
export async function readsLongAnswersInTime(platform: string, getter: GetterName, answers: Answers): Promise<void> {
  const size = 300_000;
  const long = (answer: string): string => answer.repeat(Math.ceil(size / Math.max(1, answer.length)));
  const shapes: readonly ((answer: string) => string)[] = [
    long,
    (answer) => long(answer.replaceAll('\n', ' ')),
    (answer) => `${answer.split('\n', 3).join('\n')}${' '.repeat(size)}`,
  ];
  for (const shape of shapes) {
    const longer = Object.fromEntries(Object.entries(answers).map(([asked, answer]) => [asked, shape(answer)]));
    const from = performance.now();
    await told(platform, getter, longer, argsOf[getter]).catch((error: unknown) => {
      expect(error).toBeInstanceOf(NetwrightError);
    });
    expect(performance.now() - from).toBeLessThan(5000);
  }
}
