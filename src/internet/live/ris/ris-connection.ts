import { type Dispatcher, WebSocket } from 'undici';

export interface RisConnectionOptions {
  readonly url: string;
  readonly dispatcher: Dispatcher;
  /** What is said first. */
  readonly hello: readonly string[];
  readonly connectTimeoutMs: number;
  /** After half of this without a word the server is asked, after all of it given up. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  /** Is given what came; while it works, what comes waits. */
  readonly onTexts: (texts: readonly string[]) => Promise<void>;
}

/** What may wait; RIS Live sends up to some ten thousand messages a second, of a kilobyte. */
const mostWaitingChars = 256 << 20;

/** One connection to RIS Live, from its beginning to its end: resolves with why it ended. */
export async function risConnection(options: RisConnectionOptions): Promise<string> {
  const { url, dispatcher, hello, connectTimeoutMs, silenceMs, signal, onTexts } = options;
  const startedAt = performance.now();
  const socket = new WebSocket(url, { dispatcher });
  const inbox = new Inbox();
  let lastHeard = startedAt;
  let hasAsked = false;
  socket.addEventListener('open', () => {
    lastHeard = performance.now();
    for (const text of hello) socket.send(text);
  });
  socket.addEventListener('message', ({ data }) => {
    lastHeard = performance.now();
    hasAsked = false;
    // Whatever is not text is no message of theirs.
    inbox.put(typeof data === 'string' ? data : '');
  });
  // A WebSocket does not say why it could not be opened, as pages of a browser must not know; the dispatcher does.
  let failure = 'the server does not speak WebSocket here';
  const onFailure = (_origin: URL, _targets: unknown, error: Error & { code?: string }): void => {
    failure = error.message || error.code || failure;
  };
  dispatcher.on('connectionError', onFailure);
  socket.addEventListener('error', (event) => inbox.end(event.message || failure));
  socket.addEventListener('close', ({ code, reason }) =>
    inbox.end(`the server closed the connection (${[code, reason].filter((word) => word !== '').join(': ')})`),
  );
  const onAbort = (): void => inbox.end('stopped');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const look = (): void => {
    const now = performance.now();
    if (socket.readyState === WebSocket.CONNECTING) {
      if (now - startedAt > connectTimeoutMs) inbox.end(`no connection within ${connectTimeoutMs} ms`);
    } else if (now - lastHeard > silenceMs) inbox.end(`nothing was heard for ${silenceMs} ms`);
    else if (!hasAsked && now - lastHeard > silenceMs / 2 && socket.readyState === WebSocket.OPEN) {
      hasAsked = true;
      socket.send('{"type":"ping"}');
    }
  };
  const watch = setInterval(look, Math.min(1000, silenceMs / 8, connectTimeoutMs / 4));
  try {
    for (;;) {
      const texts = await inbox.take();
      if (texts.length === 0) return inbox.ending ?? '';
      await onTexts(texts);
    }
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', onAbort);
    dispatcher.off('connectionError', onFailure);
    if (socket.readyState !== WebSocket.CLOSED) socket.close();
  }
}

/** Messages between the socket and whoever reads them. */
class Inbox {
  /** Why nothing more comes. */
  ending: string | undefined;
  #texts: string[] = [];
  #chars = 0;
  #wake: (() => void) | undefined;

  put(text: string): void {
    if (this.ending !== undefined) return;
    if (this.#chars + text.length > mostWaitingChars) {
      this.end(`more than ${mostWaitingChars >> 20} MiB wait to be read`);
      return;
    }
    this.#texts.push(text);
    this.#chars += text.length;
    this.#wake?.();
  }

  end(reason: string): void {
    this.ending ??= reason;
    this.#wake?.();
  }

  /** All that has come, as soon as there is some; empty when there will be none. */
  async take(): Promise<readonly string[]> {
    while (this.#texts.length === 0 && this.ending === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    const texts = this.#texts;
    this.#texts = [];
    this.#chars = 0;
    return texts;
  }
}
