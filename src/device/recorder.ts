import { type Clock, decodeText, Redactor } from '#core';
import type { Endpoint, Login } from '#transport';
import type { TranscriptSink } from './transcript.ts';

/** Longest piece of a line that is held back for its end. */
const longestLine = 64 * 1024;

/** Writes a conversation to a transcript with the secrets of its logins taken out. */
export class Recorder {
  readonly redactor: Redactor;
  readonly #sink: TranscriptSink | undefined;
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  #line: Buffer[] = [];
  #lineBytes = 0;

  constructor(endpoint: Endpoint, sink: TranscriptSink | undefined, clock: Clock) {
    this.redactor = redactorOf(endpoint);
    this.#sink = sink;
    this.#clock = clock;
    this.#startedAtMs = sink?.startedAtMs ?? clock.now();
  }

  sent(text: string, isSecret: boolean): void {
    if (!this.#sink) return;
    this.flush();
    const shown = isSecret ? `<redacted>${/[\r\n]{1,2}$/.exec(text)?.[0] ?? ''}` : this.redactor.redact(text);
    this.#add('sent', shown);
  }

  note(text: string): void {
    if (!this.#sink) return;
    this.flush();
    this.#add('note', this.redactor.redact(text));
  }

  received(chunk: Buffer): void {
    if (!this.#sink) return;
    if (this.#sink.received) {
      this.#sink.received(chunk, this.#redact, this.#atMs());
      return;
    }
    // A secret may be split over chunks, but not over lines: only whole lines are redacted and let go.
    this.#line.push(chunk);
    this.#lineBytes += chunk.length;
    const newline = chunk.lastIndexOf(0x0a);
    if (newline < 0 && this.#lineBytes < longestLine) return;
    const all = Buffer.concat(this.#line);
    const end = newline < 0 ? all.length : all.length - (chunk.length - newline - 1);
    this.#add('received', this.redactor.redact(decodeText(all.subarray(0, end))));
    this.#line = end < all.length ? [all.subarray(end)] : [];
    this.#lineBytes = all.length - end;
  }

  /** Lets an unfinished line go: something was sent, or the conversation is over. */
  flush(): void {
    if (this.#lineBytes === 0) return;
    const text = decodeText(Buffer.concat(this.#line));
    this.#line = [];
    this.#lineBytes = 0;
    this.#add('received', this.redactor.redact(text));
  }

  readonly #redact = (text: string): string => this.redactor.redact(text);

  #add(kind: 'sent' | 'received' | 'note', text: string): void {
    this.#sink?.add({ atMs: this.#atMs(), kind, text });
  }

  #atMs(): number {
    return this.#clock.now() - this.#startedAtMs;
  }
}

function redactorOf(endpoint: Endpoint): Redactor {
  const redactor = new Redactor();
  for (const { login } of [endpoint, ...endpoint.via]) learn(redactor, login);
  return redactor;
}

function learn(redactor: Redactor, login: Login): void {
  for (const secret of [login.password, login.enable, login.privateKey, login.passphrase]) redactor.learn(secret);
}
