import { byId, escapeXml, type PageElement, type PageWindow, showHits, themeButton, View } from '#page';
import { Drawing } from './drawing.ts';
import { Lineage } from './lineage.ts';
import type { ModulePageData } from './module-data.ts';
import { type PageData, unpackClasses } from './page-data.ts';
import { Panel } from './panel.ts';
import { hashOf } from './place-link.ts';
import { startModules } from './start-modules.ts';

const mostHits = 30;

/** Brings the page to life. */
export function start(window: PageWindow, data: PageData | { readonly modules: ModulePageData }): void {
  if ('modules' in data) startModules(window, data.modules);
  else startClasses(window, data);
}

function startClasses(window: PageWindow, data: PageData): void {
  const classes = unpackClasses(data);
  const lineage = new Lineage(classes);
  const drawing = new Drawing(data, classes);
  const panel = new Panel(data, lineage);
  const view = new View(window);
  const [content, side, body, search, hits] = ['content', 'side', 'side-body', 'search', 'hits'].map((id) =>
    byId(window, id),
  ) as [PageElement, PageElement, PageElement, PageElement, PageElement];
  const tables = new Map(data.tables.map((table) => [table.id, table]));
  let chosen: string | undefined;

  const redraw = (): void => {
    content.innerHTML = drawing.render();
    view.size = drawing;
    mark();
  };

  /** Ancestors and descendants of the chosen class stand out, the rest steps back. */
  const mark = (): void => {
    const root = byId(window, 'map');
    root.classList.toggle('marked', chosen !== undefined);
    if (chosen === undefined) {
      for (const row of content.querySelectorAll('.chosen')) row.classList.toggle('chosen', false);
      return;
    }
    const kin = kinOf(chosen);
    for (const row of content.querySelectorAll('[data-id]')) {
      const id = row.getAttribute('data-id')!;
      row.classList.toggle('kin', kin.has(id));
      row.classList.toggle('chosen', id === chosen);
    }
    const boxes = new Set<string>();
    for (const box of content.querySelectorAll('.b')) {
      const isKin = box.querySelector('.kin') !== null || kin.has(box.getAttribute('data-id') ?? '');
      box.classList.toggle('near', isKin);
      if (isKin) boxes.add(box.getAttribute('data-box')!);
    }
    for (const line of content.querySelectorAll('.line')) {
      const isNear = boxes.has(line.getAttribute('data-from')!) && boxes.has(line.getAttribute('data-to')!);
      line.classList.toggle('near', isNear);
    }
  };

  const kinOf = (id: string): Set<string> => {
    const table = tables.get(id);
    const targets = table?.keys.map(([, target]) => data.classes[target]?.id ?? '') ?? [];
    return new Set([id, ...targets, ...lineage.orderOf(id), ...lineage.descendantsOf(id)]);
  };

  const choose = (id: string | undefined, isShown: boolean): void => {
    chosen = id !== undefined && (lineage.byId.has(id) || tables.has(id)) ? id : undefined;
    side.hidden = chosen === undefined;
    window.history.replaceState(null, '', chosen === undefined ? '#' : `#${hashOf(chosen)}`);
    if (chosen === undefined) {
      mark();
      return;
    }
    fill(chosen);
    if (drawing.reveal(chosen)) redraw();
    else mark();
    const place = drawing.placeOf(chosen);
    if (isShown && place !== undefined) view.show(place);
  };

  const fill = (id: string): void => {
    const table = tables.get(id);
    const one = lineage.byId.get(id);
    if (table !== undefined) body.innerHTML = panel.tableHtml(table);
    else if (one !== undefined) body.innerHTML = panel.classHtml(one, drawing.canClose(id), drawing.closed.has(id));
  };

  const fromHash = (): void => choose(decode(window.location.hash.slice(1)), true);

  const find = (): void => {
    const wanted = search.value.trim().toLowerCase();
    const found = wanted === '' ? [] : hitsOf(wanted);
    showHits(
      hits,
      wanted,
      found.map(
        ({ id, name, note }) => `<a href="#${hashOf(id)}">${escapeXml(name)}<small>${escapeXml(note)}</small></a>`,
      ),
    );
  };

  /** Classes by name first, then keys of factories, then members. */
  const hitsOf = (wanted: string): { id: string; name: string; note: string }[] => {
    const rank = (name: string): number =>
      name.toLowerCase() === wanted ? 0 : name.toLowerCase().startsWith(wanted) ? 1 : 2;
    const named = classes
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .sort((a, b) => rank(a.name) - rank(b.name) || a.name.length - b.name.length)
      .map(({ id, name, folder }) => ({ id, name, note: folder }));
    const keys = data.tables.flatMap(({ name, keys: all }) =>
      all
        .filter(([key]) => key.toLowerCase().includes(wanted))
        .map(([key, target]) => ({
          id: data.classes[target]?.id ?? '',
          name: key,
          note: `${name} → ${data.classes[target]?.name ?? ''}`,
        })),
    );
    const members = classes.flatMap(({ id, name, members: all }) =>
      all
        .filter((member) => member.name.toLowerCase().includes(wanted))
        .map((member) => ({ id, name: member.name, note: `in ${name}` })),
    );
    return [...named, ...keys, ...members].slice(0, mostHits);
  };

  byId(window, 'map').addEventListener('click', ({ target }) => {
    if (view.hasDragged) return;
    const fold = target.closest('[data-fold]');
    if (fold !== null) {
      toggle(drawing.folded, fold.getAttribute('data-fold')!);
      redraw();
      return;
    }
    const row = target.closest('[data-id]');
    choose(row?.getAttribute('data-id') ?? undefined, false);
  });
  byId(window, 'map').addEventListener('dblclick', ({ target }) => {
    const id = target.closest('.b')?.getAttribute('data-id');
    if (id === null || id === undefined || !drawing.canClose(id)) return;
    toggle(drawing.closed, id);
    redraw();
  });
  body.addEventListener('click', ({ target }) => {
    const id = target.closest('[data-close]')?.getAttribute('data-close');
    if (id === null || id === undefined) return;
    toggle(drawing.closed, id);
    redraw();
    fill(id);
  });
  const buttons: Readonly<Record<string, () => void>> = {
    fit: () => view.fit(),
    'zoom-in': () => view.zoom(1.25),
    'zoom-out': () => view.zoom(0.8),
    close: () => choose(undefined, false),
    fold: () => {
      drawing.foldAll();
      redraw();
      view.fit();
    },
    unfold: () => {
      drawing.unfoldAll();
      redraw();
      view.fit();
    },
  };
  for (const [id, act] of Object.entries(buttons)) byId(window, id).addEventListener('click', act);
  themeButton(window);
  search.addEventListener('input', find);
  search.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    const first = hits.querySelector('a')?.getAttribute('href');
    if (first) choose(decode(first.slice(1)), true);
    hits.hidden = true;
    search.blur();
  });
  hits.addEventListener('click', () => {
    hits.hidden = true;
  });
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
      search.select();
    } else if (view.key(event.key)) event.preventDefault();
  });
  window.addEventListener('hashchange', fromHash);
  window.addEventListener('resize', () => view.resized());
  view.size = drawing;
  view.fit();
  if (window.location.hash.length > 1) fromHash();
}

function toggle(set: Set<string>, key: string): void {
  if (!set.delete(key)) set.add(key);
}

/** A hash that somebody wrote by hand may be no valid escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
