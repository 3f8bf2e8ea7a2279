import { escapeXml, scriptJson } from './escape.ts';
import { type PagePolicyOptions, pagePolicy } from './page-policy.ts';

export interface PageParts {
  readonly title: string;
  /** CSS. */
  readonly style: string;
  /** HTML: what is foreign in it is escaped already. */
  readonly body: string;
  /** The script of the page: one text that `npm run gen` made. */
  readonly script: string;
  /** What the script finds in `#data`. Default: nothing, it asks its server. */
  readonly data?: unknown;
  /** Of `<html>`, `data-theme`. Default: that of the reader's system. */
  readonly theme?: string | undefined;
  readonly policy?: PagePolicyOptions;
}

/**
 * One document that needs nothing else: no library, no font, no address but its own server's. What a page shows comes from
 * registries and foreign code: its policy lets no script run but its own.
 */
export function pageDocument({ title, style, body, script, data, theme, policy = {} }: PageParts): string {
  // A served page has the policy in a header, where it can say who may frame it.
  const meta = policy.isServed
    ? ''
    : `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(script, policy)}">\n`;
  const embedded = data === undefined ? '' : `<script type="application/json" id="data">${scriptJson(data)}</script>\n`;
  // Without one a browser asks its server for /favicon.ico.
  const icon = policy.isServed ? '<link rel="icon" href="data:,">\n' : '';
  return `<!doctype html>
<html lang="en"${theme === undefined ? '' : ` data-theme="${escapeXml(theme)}"`}>
<head>
<meta charset="utf-8">
${meta}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
${icon}<style>${style}</style>
</head>
<body>
${body}
${embedded}<script>${script}</script>
</body>
</html>
`;
}
