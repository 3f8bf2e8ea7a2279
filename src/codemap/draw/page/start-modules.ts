import { byId, escapeXml, type PageElement, type PageWindow, showHits, themeButton, View } from '#page';
import type { ModulePageData } from './module-data.ts';
import { hashOf, placeLink } from './place-link.ts';

const mostHits = 30;

/** Brings the page of an import graph to life. */
export function startModules(window: PageWindow, data: ModulePageData): void {
  const view = new View(window);
  const [content, side, body, search, hits] = ['content', 'side', 'side-body', 'search', 'hits'].map((id) =>
    byId(window, id),
  ) as [PageElement, PageElement, PageElement, PageElement, PageElement];
  const folderOf = new Map(data.folders.flatMap(({ path, modules }) => modules.map((one) => [one, path] as const)));
  const folders = new Map(data.folders.map((folder) => [`folder:${folder.path}`, folder]));
  for (const id of ['fold', 'unfold']) byId(window, id).hidden = true;

  const choose = (id: string | undefined, isShown: boolean): void => {
    const folder = id === undefined ? undefined : folders.get(id);
    side.hidden = folder === undefined;
    window.history.replaceState(null, '', folder === undefined ? '#' : `#${hashOf(id!)}`);
    mark(folder?.path);
    if (folder === undefined) return;
    body.innerHTML = panelHtml(data, folder, folderOf);
    const box = data.picture.boxes.find((one) => one.id === boxIdOf(data, id!));
    if (isShown && box !== undefined) view.show(box);
  };

  /** The folder, what it imports and what imports it stand out. */
  const mark = (path: string | undefined): void => {
    byId(window, 'map').classList.toggle('marked', path !== undefined);
    if (path === undefined) return;
    const own = boxIdOf(data, `folder:${path}`);
    const near = new Set([`folder:${path}`]);
    for (const [from, to] of data.imports) {
      const [start, end] = [folderOf.get(from), folderOf.get(to)];
      if (start === path) near.add(`folder:${end}`);
      if (end === path) near.add(`folder:${start}`);
    }
    for (const box of content.querySelectorAll('.b')) {
      const id = box.getAttribute('data-box')!;
      const isNear = [...box.querySelectorAll('[data-id]')].some((row) => near.has(row.getAttribute('data-id')!));
      box.classList.toggle('near', isNear || id.startsWith('floor:'));
      box.classList.toggle('chosen', id === `folder:${path}`);
      for (const row of box.querySelectorAll('.row'))
        row.classList.toggle('kin', near.has(row.getAttribute('data-id') ?? ''));
    }
    for (const line of content.querySelectorAll('.line')) {
      const ends = [line.getAttribute('data-from'), line.getAttribute('data-to')];
      line.classList.toggle('near', ends.includes(own));
    }
  };

  const fromHash = (): void => {
    try {
      choose(decodeURIComponent(window.location.hash.slice(1)), true);
    } catch {
      choose(undefined, false);
    }
  };

  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    const isMeant = (name: string): boolean => name.toLowerCase().includes(wanted);
    const whole = data.folders.flatMap(({ path, modules }) =>
      isMeant(path) ? [[path, `${modules.length} ${modules.length === 1 ? 'module' : 'modules'}`, path] as const] : [],
    );
    const files = data.files.flatMap((file, index) =>
      isMeant(file) ? [[file, '', folderOf.get(index) ?? ''] as const] : [],
    );
    const links = [...whole, ...files].slice(0, mostHits).map(([name, note, folder]) => {
      const more = note === '' ? '' : `<small>${note}</small>`;
      return `<a href="#${hashOf(`folder:${folder}`)}">${escapeXml(name)}${more}</a>`;
    });
    showHits(hits, wanted, links);
  });
  search.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    const first = hits.querySelector('a')?.getAttribute('href');
    if (first) window.location.hash = first;
    hits.hidden = true;
    search.blur();
  });
  hits.addEventListener('click', () => {
    hits.hidden = true;
  });
  byId(window, 'map').addEventListener('click', ({ target }) => {
    if (view.hasDragged) return;
    choose(target.closest('[data-id]')?.getAttribute('data-id') ?? undefined, false);
  });
  byId(window, 'fit').addEventListener('click', () => view.fit());
  byId(window, 'zoom-in').addEventListener('click', () => view.zoom(1.25));
  byId(window, 'zoom-out').addEventListener('click', () => view.zoom(0.8));
  byId(window, 'close').addEventListener('click', () => choose(undefined, false));
  themeButton(window);
  window.document.addEventListener('keydown', (event) => {
    const isTyping = window.document.activeElement === search;
    if (event.key === 'Escape') {
      hits.hidden = true;
      search.blur();
      if (!isTyping) choose(undefined, false);
    } else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (view.key(event.key)) event.preventDefault();
  });
  window.addEventListener('hashchange', fromHash);
  window.addEventListener('resize', () => view.resized());
  view.size = data.picture;
  view.fit();
  if (window.location.hash.length > 1) fromHash();
}

function panelHtml(
  data: ModulePageData,
  { path, layer, modules }: ModulePageData['folders'][number],
  folderOf: ReadonlyMap<number, string>,
): string {
  const inside = new Set(modules);
  const out = data.imports.filter(([from, to]) => inside.has(from) && !inside.has(to));
  const back = data.imports.filter(([from, to]) => !inside.has(from) && inside.has(to));
  const name = path === '' ? data.top : path;
  return [
    `<h2>${escapeXml(name)}</h2><p class="what">floor ${layer} · ${modules.length} modules</p>`,
    importTable('Imports', data, out, (one) => folderOf.get(one[1]) ?? ''),
    importTable('Imported by', data, back, (one) => folderOf.get(one[0]) ?? ''),
    `<details><summary>Modules</summary><ul>${modules.map((one) => `<li>${placeLink(data.link, { file: data.files[one] ?? '', line: 1 })}</li>`).join('')}</ul></details>`,
  ].join('');
}

type Import = ModulePageData['imports'][number];

function importTable(
  title: string,
  data: ModulePageData,
  imports: readonly Import[],
  groupOf: (one: Import) => string,
): string {
  if (imports.length === 0) return '';
  const groups = [...Map.groupBy(imports, groupOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = groups.map(([folder, all]) => {
    const rows = all.map(([from, to, flags, line]) => {
      const notes = [flags & 2 ? 'circle' : '', flags & 1 ? 'for types or inside functions' : ''].filter(
        (note) => note !== '',
      );
      const note = notes.length === 0 ? '' : `<small>${notes.join(', ')}</small>`;
      return `<tr><td>${escapeXml(data.files[to] ?? '')}${note}</td><td>${placeLink(data.link, { file: data.files[from] ?? '', line })}</td></tr>`;
    });
    const name = folder === '' ? data.top : folder;
    return `<details><summary>${all.length} · <a href="#${hashOf(`folder:${folder}`)}">${escapeXml(name)}</a></summary><table>${rows.join('')}</table></details>`;
  });
  return `<h3>${title}</h3>${parts.join('')}`;
}

/** The box in which a folder is. */
const boxIdOf = ({ picture }: ModulePageData, id: string): string =>
  picture.boxes.find(({ rows }) => rows.some(({ target }) => target === id))?.id ?? id;
