/**
 * `npm run docs`: turns README.md, CHANGELOG.md, CONTRIBUTING.md and docs/ into a static site below dist/docs and fails on a
 * link that leads nowhere. `--check` only follows the links.
 */
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked, type Token, type Tokens } from 'marked';
import { drawRooms } from './rooms-picture.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const marked = new Marked({ gfm: true });
const isCheck = process.argv.includes('--check');
if (!isCheck) await drawRooms(root);

/** GitHub's way from a heading to its anchor. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

interface Page {
  readonly path: string;
  readonly title: string;
  readonly tokens: Token[];
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly string[];
}

function readPage(path: string): Page {
  const tokens = marked.lexer(readFileSync(join(root, path), 'utf8'));
  const links: string[] = [];
  const anchors = new Set<string>();
  let title = path;
  void marked.walkTokens(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link | Tokens.Image).href);
    if (token.type !== 'heading') return;
    const { depth, text } = token as Tokens.Heading;
    if (depth === 1 && title === path) title = text;
    anchors.add(anchorOf(text));
  });
  return { path, title, tokens, anchors, links };
}

const paths = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root }).sort()];
const pages = new Map(paths.map((path) => [path, readPage(path)]));

const broken: string[] = [];
const files = new Set<string>();
for (const page of pages.values()) {
  for (const link of page.links) {
    if (/^(https?|mailto):/.test(link)) continue;
    const [target = '', anchor] = decodeURI(link).split('#');
    const path = target === '' ? page.path : relative(root, resolve(root, dirname(page.path), target));
    const there = pages.get(path) ?? pages.get(join(path, 'README.md'));
    if (!there && !existsSync(join(root, path))) broken.push(`${page.path}: ${link}`);
    if (there && anchor && !there.anchors.has(anchor)) broken.push(`${page.path}: ${link} (no such heading)`);
    if (!there && existsSync(join(root, path)) && statSync(join(root, path)).isFile()) files.add(path);
  }
}
for (const link of broken) console.error(`leads nowhere: ${link}`);
if (broken.length > 0) process.exitCode = 1;
console.log(`docs: ${pages.size} pages, ${broken.length} links lead nowhere`);

if (!isCheck) {
  const out = (path: string): string => {
    const file = join(root, 'dist/docs', path);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  };
  const style = readFileSync(join(root, 'scripts/docs.css'), 'utf8');
  for (const { path, title, tokens } of pages.values()) {
    void marked.walkTokens(tokens, (token) => {
      if (token.type === 'link') token.href = token.href.replace(/\.md(?=#|$)/, '.html');
    });
    const [home, contents] = ['README.html', 'docs/README.html'].map((to) => relative(dirname(path), to));
    const body = marked.parser(tokens).replace(/<h(\d)>(.*?)<\/h\1>/g, (_, depth, text) => {
      const id = anchorOf(text.replace(/<[^>]+>/g, ''));
      return `<h${depth} id="${id}">${text}</h${depth}>`;
    });
    writeFileSync(
      out(path.replace(/\.md$/, '.html')),
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Netwright</title><style>${style}</style><nav><a href="${home}">Netwright</a> <a href="${contents}">Documentation</a></nav><main>${body}</main></html>\n`,
    );
  }
  for (const path of files) if (extname(path) !== '.ts') copyFileSync(join(root, path), out(path));
}
