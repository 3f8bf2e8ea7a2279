import type { Ask, AskOptions } from '../../../ask.ts';

/** Every output begins with the time unless that is switched off: `Mon Mar  4 10:04:11.123 UTC`. */
const timestamp =
  /^(?:\s*\n)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}\.\d{3} [\w+-]{1,8}[ \r]*(?:\n|$)/;

const withoutTime = (text: string): string => text.replace(timestamp, '');

/** What a command prints, without the time. */
export async function printed(ask: Ask, command: string, isAnswer?: RegExp, timeoutMs?: number): Promise<string> {
  const options = { ...(isAnswer && { isAnswer }), ...(timeoutMs !== undefined && { timeoutMs }) };
  return withoutTime(await ask.text(command, options));
}

/** The same; undefined where the system refuses the command. */
export async function printedIfKnown(ask: Ask, command: string, isAnswer?: RegExp): Promise<string | undefined> {
  const options: AskOptions & { optional: true } = { optional: true, ...(isAnswer && { isAnswer }) };
  const text = await ask.text(command, options);
  return text === undefined ? undefined : withoutTime(text);
}
