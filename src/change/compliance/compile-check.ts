import { NetwrightError } from '#core';
import { wildcard } from '#inventory';
import { type ConfigNode, type Dialect, parseConfig } from '#parse';
import { type LineCheck, type Pattern, type SearchPattern, searchOf, type TextPattern } from './policy.ts';

/** A check for one device: what it looks for is in the notation of its platform. */
export interface CompiledCheck {
  readonly section: readonly ((header: string) => boolean)[];
  readonly except: readonly ((header: string) => boolean)[];
  readonly having: readonly Wanted[];
  readonly required: readonly Wanted[];
  readonly forbidden: readonly Wanted[];
  readonly ordered: readonly Wanted[];
}

export type Wanted = WantedNodes | WantedSetLines | WantedSearch | WantedAny;

/** Lines and sections of the tree. */
interface WantedNodes {
  readonly kind: 'nodes';
  readonly nodes: readonly ConfigNode[];
  readonly shown: string;
}

/** Lines of the notation of one line a fact: what typing them would do says whether they are there. */
interface WantedSetLines {
  readonly kind: 'set';
  readonly lines: readonly string[];
  readonly shown: string;
}

interface WantedSearch {
  readonly kind: 'search';
  readonly test: SearchPattern['test'];
  readonly except: readonly Wanted[];
  readonly shown: string;
}

interface WantedAny {
  readonly kind: 'any';
  readonly of: readonly Wanted[];
  readonly shown: string;
}

export interface CompileOptions {
  readonly file: string;
  readonly dialect: Dialect;
  /** Fills in the variables. */
  readonly render: (text: string) => string;
  /** Replaces secrets by the marks that stand in the stored configuration. */
  readonly scrub: (text: string) => string;
}

/**
 * @throws NetwrightError `NW_TEMPLATE_INVALID`; `NW_POLICY_INVALID` with file and line, for lines that are none of
 * the platform
 */
export function compileCheck(check: LineCheck, options: CompileOptions): CompiledCheck {
  const headers = check.section.map(options.render);
  const compileAll = (patterns: readonly Pattern[]): readonly Wanted[] =>
    patterns.map((pattern) => compile(pattern, headers, options));
  return {
    section: headers.map(globOf),
    except: check.except.map((glob) => globOf(options.render(glob))),
    having: compileAll(check.having),
    required: compileAll(check.required),
    forbidden: compileAll(check.forbidden),
    ordered: compileAll(check.ordered),
  };
}

const globOf = (glob: string): ((header: string) => boolean) =>
  searchOf({ test: wildcard(glob) }, /^[^*?]*/.exec(glob)![0]);

function compile(pattern: Pattern, headers: readonly string[], options: CompileOptions): Wanted {
  switch (pattern.kind) {
    case 'any': {
      const of = pattern.of.map((one) => compile(one, headers, options));
      return { kind: 'any', of, shown: `any of: ${of.map(({ shown }) => shown).join(' | ')}` };
    }
    case 'search': {
      const { test, source: shown } = pattern;
      return { kind: 'search', test, shown, except: pattern.except.map((one) => compile(one, headers, options)) };
    }
    case 'text':
      return compileText(pattern, headers, options);
  }
}

function compileText(pattern: TextPattern, headers: readonly string[], options: CompileOptions): Wanted {
  const { dialect, file } = options;
  const text = evenly(options.render(pattern.text));
  const place = `${file}:${pattern.line}`;
  const wrong = (what: string, cause?: unknown): NetwrightError =>
    new NetwrightError('NW_POLICY_INVALID', `${place}: ${what}`, { cause, details: { file, line: pattern.line } });
  if (dialect.setForm !== undefined && /^(?:set|deactivate|protect) /.test(text)) {
    if (headers.length > 0) throw wrong('below "section" a line stands as in the section, without "set"');
    const lines = options
      .scrub(text)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return { kind: 'set', lines, shown: lines.join('\n') };
  }
  let nodes: readonly ConfigNode[];
  try {
    nodes = parseConfig(options.scrub(within(headers, text, dialect)), dialect, { file: place }).nodes;
    for (const _ of headers) nodes = nodes[0]?.children ?? [];
  } catch (error) {
    throw wrong(error instanceof NetwrightError ? error.message.replace(/^\S+:\d+: /, '') : String(error), error);
  }
  if (nodes.length === 0) throw wrong(`${JSON.stringify(text.split('\n', 1)[0])} says nothing to ${dialect.name}`);
  return { kind: 'nodes', nodes, shown: shownNodes(nodes, dialect) };
}

/** Without the indentation that all lines share, and without blank lines at the ends. */
function evenly(text: string): string {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const least = indents.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return lines.map((line) => line.slice(Number.isFinite(least) ? least : 0)).join('\n');
}

/** The text as it stands in its sections: what a line means, and whether it holds a secret, may depend on them. */
function within(headers: readonly string[], text: string, dialect: Dialect): string {
  if (headers.length === 0) return `${text}\n`;
  const before: string[] = [];
  const after: string[] = [];
  let indent = '';
  for (const header of headers) {
    const { open, close } = dialect.frame(header, true);
    before.push(indent + open);
    if (close !== undefined) after.unshift(indent + close);
    indent += dialect.step;
  }
  const inner = text.split('\n').map((line) => indent + line + leafEndOf(line, dialect));
  return `${[...before, ...inner, ...after].join('\n')}\n`;
}

/** Where lines have an end mark, it may be left out in a policy. */
function leafEndOf(line: string, dialect: Dialect): string {
  const { open } = dialect.frame('x', false);
  const mark = open.slice(1);
  return mark === '' || line.trim() === '' || /[;{}]\s*$/.test(line) ? '' : mark;
}

function shownNodes(nodes: readonly ConfigNode[], dialect: Dialect, indent = ''): string {
  return nodes
    .map(({ text, children }) =>
      children.length === 0 ? indent + text : `${indent}${text}\n${shownNodes(children, dialect, `${indent} `)}`,
    )
    .join('\n');
}
