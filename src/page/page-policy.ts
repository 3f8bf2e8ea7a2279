import { createHash } from 'node:crypto';

/** Where else a page may load from: its own server, or pictures that are written into it. */
type PageSource = 'self' | 'data';

export interface PagePolicyOptions {
  /** Pictures. Default: none. */
  readonly images?: readonly PageSource[];
  /** Data that the script asks its own server for, and that no other site may show the page in a frame: a header says so. */
  readonly isServed?: boolean;
}

const words: Readonly<Record<PageSource, string>> = { self: "'self'", data: 'data:' };

/** A content security policy that lets no script run but this one, and lets it ask nobody unless told. */
export function pagePolicy(script: string, { images = [], isServed = false }: PagePolicyOptions = {}): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    ...(images.length > 0 ? [`img-src ${images.map((one) => words[one]).join(' ')}`] : []),
    ...(isServed ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    // Of a page that is a file a browser does not heed it.
    ...(isServed ? ["frame-ancestors 'none'"] : []),
  ].join('; ');
}
