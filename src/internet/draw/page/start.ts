import { byId, escapeXml, type PageElement, type PageWindow, showHits, View } from '#page';
import type { MapPageData } from './map-page-data.ts';

const mostHits = 30;

/** An exchange has a negative number. */
const hashOf = (asn: number): string => (asn < 0 ? `IX${-asn}` : `AS${asn}`);
const labelOf = (asn: number, name: string): string => (asn < 0 ? escapeXml(name) : `AS${asn} ${escapeXml(name)}`);

/** Brings the page to life: move, find, look at the neighbours of one, and at all below it. */
export function start(window: PageWindow, data: MapPageData): void {
  const view = new View(window);
  view.size = data;
  const [map, side, body, search, hits] = ['map', 'side', 'side-body', 'search', 'hits'].map((id) =>
    byId(window, id),
  ) as [PageElement, PageElement, PageElement, PageElement, PageElement];
  const places = new Map(data.ases.map(([asn], at) => [asn, at]));
  const elements = new Map([...map.querySelectorAll('.as')].map((one) => [Number(one.getAttribute('data-asn')), one]));
  const lines = [...map.querySelectorAll('.l')].map((line) => ({
    line,
    from: Number(line.getAttribute('data-from') ?? Number.NaN),
    to: Number(line.getAttribute('data-to') ?? Number.NaN),
  }));
  const links = data.links.map(([from, to, relation]) => ({ from, to, relation }));
  let chosen: number | undefined;

  const neighboursOf = (at: number): Set<number> =>
    new Set(links.flatMap(({ from, to }) => (from === at ? [to] : to === at ? [from] : [])));

  /** Customers, their customers, and so on. */
  const coneOf = (at: number): Set<number> => {
    const found = new Set([at]);
    const open = [at];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { from, to, relation } of links) {
        if (from !== next || relation !== 'customer' || found.has(to)) continue;
        found.add(to);
        open.push(to);
      }
    }
    return found;
  };

  const mark = (at: number | undefined, isCone: boolean): void => {
    map.classList.toggle('marked', at !== undefined);
    if (at === undefined) return;
    const near = isCone ? coneOf(at) : neighboursOf(at).add(at);
    for (const [asn, element] of elements) element.classList.toggle('near', near.has(places.get(asn) ?? -1));
    const own = data.ases[at]![0];
    for (const { line, from, to } of lines) {
      const isNear = isCone
        ? near.has(places.get(from) ?? -1) && near.has(places.get(to) ?? -1)
        : from === own || to === own;
      line.classList.toggle('near', isNear);
    }
  };

  const list = (title: string, members: readonly number[]): string =>
    members.length === 0
      ? ''
      : `<h3>${title} · ${members.length}</h3>${members
          .map((at) => {
            const [asn, name] = data.ases[at]!;
            return `<a href="#${hashOf(asn)}">${labelOf(asn, name)}</a>`;
          })
          .join('')}`;

  const choose = (at: number | undefined, isShown: boolean): void => {
    chosen = at;
    side.hidden = at === undefined;
    window.history.replaceState(null, '', at === undefined ? '#' : `#${hashOf(data.ases[at]![0])}`);
    mark(at, false);
    if (at === undefined) return;
    const [asn, name, country, role, cone, box, facts] = data.ases[at]!;
    const of = (relation: string, end: 'from' | 'to'): number[] =>
      links.flatMap((link) =>
        link.relation === relation && link[end] === at ? [end === 'from' ? link.to : link.from] : [],
      );
    body.innerHTML = [
      asn < 0
        ? `<h2>${escapeXml(name)}</h2><p>internet exchange, ${escapeXml(facts)} ${escapeXml(country)}</p>`
        : `<h2>AS${asn}</h2><p>${escapeXml(name)} ${escapeXml(country)}<br>${role}, customer cone ${cone.toLocaleString('en-US')}</p><button id="cone">Highlight its cone</button>`,
      list('Providers', of('customer', 'to')),
      list('Customers', of('customer', 'from')),
      list('Peers', [...of('peer', 'from'), ...of('peer', 'to')]),
      list('One organisation', [...of('sibling', 'from'), ...of('sibling', 'to')]),
      list('Present at', of('member', 'to')),
      list('Present here', of('member', 'from')),
      list('Relation unknown', [...of('unknown', 'from'), ...of('unknown', 'to')]),
    ].join('');
    if (asn > 0) byId(window, 'cone').addEventListener('click', () => mark(at, true));
    if (isShown && box !== null) view.show({ x: box[0], y: box[1], width: box[2], height: box[3] });
  };

  const find = (): void => {
    const wanted = search.value
      .trim()
      .toLowerCase()
      .replace(/^as(?=\d)/, '');
    const found =
      wanted === ''
        ? []
        : data.ases
            .filter(([asn, name]) => String(asn).startsWith(wanted) || name.toLowerCase().includes(wanted))
            .sort((a, b) => Number(String(b[0]) === wanted) - Number(String(a[0]) === wanted) || b[4] - a[4])
            .slice(0, mostHits);
    showHits(
      hits,
      wanted,
      found.map(([asn, name]) => `<a href="#${hashOf(asn)}">${labelOf(asn, name)}</a>`),
    );
  };

  const at = (target: PageElement): number | undefined => {
    const asn = target.closest('.as')?.getAttribute('data-asn');
    return asn === undefined || asn === null ? undefined : places.get(Number(asn));
  };
  const fromHash = (): void => {
    const [, kind, number] = /^#(AS|IX)(\d+)$/.exec(window.location.hash) ?? [];
    choose(places.get(kind === 'IX' ? -Number(number) : Number(number)), true);
  };

  map.addEventListener('click', ({ target }) => {
    if (!view.hasDragged) choose(at(target), false);
  });
  map.addEventListener('pointerover', ({ target }) => {
    if (chosen === undefined) mark(at(target), false);
  });
  byId(window, 'close').addEventListener('click', () => choose(undefined, false));
  byId(window, 'fit').addEventListener('click', () => view.fit());
  byId(window, 'zoom-in').addEventListener('click', () => view.zoom(1.25));
  byId(window, 'zoom-out').addEventListener('click', () => view.zoom(0.8));
  search.addEventListener('input', find);
  search.addEventListener('keydown', ({ key }) => {
    const first = hits.querySelector('a')?.getAttribute('href');
    if (key === 'Enter' && first !== undefined && first !== null) window.location.hash = first;
  });
  window.addEventListener('hashchange', () => {
    hits.hidden = true;
    fromHash();
  });
  window.addEventListener('resize', () => view.resized());
  window.document.addEventListener('keydown', (event) => {
    const isTyping = window.document.activeElement === search;
    if (event.key === 'Escape') {
      hits.hidden = true;
      search.blur();
      choose(undefined, false);
    } else if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.focus();
    } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) view.key(event.key);
  });
  view.fit();
  if (window.location.hash.length > 1) fromHash();
}
