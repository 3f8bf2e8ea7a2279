/**
 * Reads XML as strictly as a browser does for SVG: every tag closed in order, every sign escaped.
 * @returns names of all elements with their attributes.
 */
export function readXml(
  text: string,
): { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${text.slice(Math.max(0, at - 60), at + 60)}`);
  };
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    fail('a forbidden sign');
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const between = text.slice(at, next < 0 ? text.length : next);
    if (open.at(-1) !== 'style' && /&(?!(?:amp|lt|gt|quot|#39);)/.test(between)) fail('a bare ampersand');
    if (next < 0) break;
    at = next;
    const tag = /^<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/.exec(text.slice(at));
    if (tag === null) return fail('no tag');
    const [whole, isEnd, name = '', list = '', isEmpty] = tag;
    if (isEnd) {
      if (open.pop() !== name) fail(`</${name}> closes nothing`);
    } else {
      const attributes = Object.fromEntries(
        [...list.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
      );
      if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(list)) fail('a bare ampersand');
      found.push({ name, attributes });
      if (!isEmpty) open.push(name);
    }
    at += whole.length;
  }
  if (open.length > 0) fail(`<${open.join('> <')}> stays open`);
  return found;
}
