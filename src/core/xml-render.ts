import { abortError, type CallOptions } from './deadline.ts';
import type { XmlElement } from './xml-element.ts';
import { escapeXml } from './xml-escape.ts';

export interface RenderXmlOptions {
  /** Spaces a level; 0 for everything on one line. Elements that mix texts and elements stay on one line. @defaultValue 0 */
  readonly indent?: number;
}

/**
 * An element as text, with the prefixes it came with. An element without a namespace at the top takes none on, so
 * that it may stand within other XML and inherit. About 40 ms a megabyte: {@link writeXml} is the one for large trees.
 */
export function renderXml(element: XmlElement, options: RenderXmlOptions = {}): string {
  let text = '';
  for (const piece of pieces(element, options.indent ?? 0)) text += piece;
  return text;
}

/** The pieces of some milliseconds: looking at the clock for each one would cost more than they do. */
const piecesPerTurn = 4_000;

/** The same in slices of some milliseconds each, so that nothing else has to wait for it. */
export async function writeXml(
  element: XmlElement,
  options: RenderXmlOptions & Pick<CallOptions, 'signal'> = {},
): Promise<string> {
  let text = '';
  let count = 0;
  for (const piece of pieces(element, options.indent ?? 0)) {
    text += piece;
    count += 1;
    if (count % piecesPerTurn !== 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (options.signal?.aborted) throw abortError(options.signal);
  }
  return text;
}

type Scope = ReadonlyMap<string, string>;

/** An element that was begun: what is still to come of it. */
interface Open {
  readonly parts: readonly (XmlElement | string)[];
  readonly scope: Scope;
  /** Before each part; empty within an element that mixes text and elements. */
  readonly line: string;
  readonly indent: number;
  readonly end: string;
  at: number;
}

const outermost: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
]);

/** The text bit by bit; kept on a list of its own, for a recursion would have to hand every piece up all levels. */
function* pieces(root: XmlElement, indent: number): Generator<string> {
  const stack: Open[] = [];
  const begun = begin(root, outermost, indent, 0);
  yield begun.head;
  if (begun.open) stack.push(begun.open);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const part = top.parts[top.at];
    top.at += 1;
    if (part === undefined) {
      stack.pop();
      yield top.end;
    } else if (typeof part === 'string') yield escapeXml(part);
    else {
      const { head, open } = begin(part, top.scope, top.indent, stack.length);
      yield top.line + head;
      if (open) stack.push(open);
    }
  }
}

/** The start tag, or the whole element where nothing or only text is in it. */
function begin(element: XmlElement, outer: Scope, indent: number, level: number): { head: string; open?: Open } {
  const { name, tag, scope } = startTag(element, outer);
  if (element.children.length === 0) {
    const text = leafText(element, indent > 0);
    return { head: text === '' ? `<${tag}/>` : `<${tag}>${escapeXml(text)}</${name}>` };
  }
  const isLined = indent > 0 && element.mixed === undefined;
  const open: Open = {
    parts: element.mixed ?? element.children,
    scope,
    line: isLined ? `\n${' '.repeat(indent * (level + 1))}` : '',
    indent: element.mixed === undefined ? indent : 0,
    end: `${isLined ? `\n${' '.repeat(indent * level)}` : ''}</${name}>`,
    at: 0,
  };
  return { head: `<${tag}>`, open };
}

function leafText({ text, value }: XmlElement, isIndented: boolean): string {
  // Junos puts values on lines of their own, and a line break alone is somebody's indentation; a text of several lines
  // stays as it is.
  const isPadded = isIndented && text.includes('\n') && !value.includes('\n');
  return isPadded ? value : text;
}

/** What stands between the brackets, and the prefixes that hold inside. */
function startTag(element: XmlElement, outer: Scope): { name: string; tag: string; scope: Scope } {
  const declared = new Map(Object.entries(element.declarations));
  let scope = outer;
  if (declared.size > 0) scope = new Map([...outer, ...declared]);
  const declare = (prefix: string, namespace: string): void => {
    declared.set(prefix, namespace);
    scope = new Map([...scope, [prefix, namespace]]);
  };
  let prefix = element.namespace === '' ? '' : element.prefix;
  if ((scope.get(prefix) ?? '') !== element.namespace) {
    if (declared.has(prefix)) prefix = freePrefix(scope);
    declare(prefix, element.namespace);
  }
  let attributes = '';
  for (const { name, namespace, value } of element.attributes) {
    let of = '';
    if (namespace !== '') {
      of = [...scope].find(([known, uri]) => known !== '' && uri === namespace)?.[0] ?? freePrefix(scope);
      if (scope.get(of) !== namespace) declare(of, namespace);
    }
    attributes += ` ${qualified(of, name)}="${escapeXml(value)}"`;
  }
  const name = qualified(prefix, element.name);
  let tag = name;
  for (const [of, uri] of declared) tag += ` ${of === '' ? 'xmlns' : `xmlns:${of}`}="${escapeXml(uri)}"`;
  return { name, tag: tag + attributes, scope };
}

const qualified = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}:${name}`);

function freePrefix(scope: Scope): string {
  for (let at = 1; ; at += 1) if (!scope.has(`ns${at}`)) return `ns${at}`;
}
