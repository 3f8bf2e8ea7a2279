import { createHmac } from 'node:crypto';
import { request } from 'undici';
import { NetwrightError, type Secret } from '#core';
import type { HookNews } from './hook-event.ts';

/**
 * Posts the news as JSON. With a secret, `X-Netwright-Signature: sha256=<hex>` is the HMAC-SHA256 of
 * `<X-Netwright-Timestamp>.<body>`, so that the receiver can tell who sent it, and when.
 * @throws `NW_HOOK_FAILED`
 */
export async function postWebhook(
  url: string,
  secret: Secret | undefined,
  news: HookNews & { readonly diff?: string },
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const { origin, pathname } = new URL(url);
  // The query may hold a token: it stays out of messages.
  const where = `${origin}${pathname}`;
  const body = JSON.stringify(news);
  const timestamp = String(Math.floor(news.atMs / 1000));
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'netwright',
    'x-netwright-event': news.event,
    'x-netwright-timestamp': timestamp,
  };
  if (secret !== undefined) {
    // A signature is a login of its own: the one place here where the value is needed.
    const signature = createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex');
    headers['x-netwright-signature'] = `sha256=${signature}`;
  }
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body,
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`answered with status ${answer.statusCode}`);
  } catch (error) {
    const why = deadline.aborted ? `no answer within ${timeoutMs} ms` : (error as Error).message;
    throw new NetwrightError('NW_HOOK_FAILED', `webhook ${where} on ${news.event}: ${why}`, { cause: error });
  }
}
