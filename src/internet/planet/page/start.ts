import { escapeXml } from '../../draw/escape.ts';
import { Camera } from './camera.ts';
import { byId, type PageEvent, type PageWindow } from './dom.ts';
import { Overlay, type OverlayInk, type Selection, type Sign } from './overlay.ts';
import { PointLayer } from './point-layer.ts';
import { type Points, unpackPoints } from './points.ts';
import { TileLayer } from './tile-layer.ts';

interface Head {
  readonly title: string;
  readonly subtitle: string;
  readonly theme: string;
  readonly colors: readonly number[];
  readonly ink: OverlayInk;
  readonly layouts: Readonly<Record<string, readonly Sign[]>>;
}

interface AsAnswer extends Omit<Selection, 'label'> {
  readonly asn: number;
  readonly name: string;
  readonly country: string;
  readonly cone: number;
  readonly names: readonly (readonly [number, number, string])[];
}

/** Brings the planet to life: tiles below, points over them, labels and the selection on top. */
export async function start(window: PageWindow): Promise<void> {
  const [edges, dots, top] = ['edges', 'dots', 'top'].map((id) => byId(window, id));
  const [edgeCanvas, dotCanvas, topCanvas] = [
    edges!.getContext('2d', { alpha: false }),
    dots!.getContext('2d'),
    top!.getContext('2d'),
  ];
  const head = (await (await window.fetch('head.json')).json()) as Head;
  const colors = Uint32Array.from(head.colors);
  const camera = new Camera();
  const points = new PointLayer();
  const overlay = new Overlay();
  const names = new Map<number, string>();
  let layout = Object.keys(head.layouts)[0]!;
  let placed: Points | undefined;
  let selection: Selection | undefined;
  let dim: Uint8Array | undefined;
  let isWaiting = false;
  const tiles = new TileLayer(window, draw);
  byId(window, 'title').textContent = head.title;
  byId(window, 'subtitle').textContent = head.subtitle;

  function draw(): void {
    if (isWaiting) return;
    isWaiting = true;
    window.requestAnimationFrame(() => {
      isWaiting = false;
      edgeCanvas.fillStyle = head.ink.halo;
      edgeCanvas.fillRect(0, 0, camera.width, camera.height);
      tiles.draw(edgeCanvas, camera);
      if (selection !== undefined) {
        // What is selected stands out of the rest.
        edgeCanvas.globalAlpha = 0.62;
        edgeCanvas.fillStyle = head.ink.halo;
        edgeCanvas.fillRect(0, 0, camera.width, camera.height);
        edgeCanvas.globalAlpha = 1;
      }
      if (placed === undefined) return;
      points.draw(dotCanvas, camera, placed, colors, dim);
      overlay.draw(topCanvas, camera, placed, head.layouts[layout] ?? [], names, selection, head.ink);
    });
  }

  async function use(name: string): Promise<void> {
    layout = name;
    tiles.use(`tiles/${name}`);
    draw();
    const answer = await window.fetch(`points/${name}.bin`);
    if (layout !== name) return;
    placed = unpackPoints(await answer.arrayBuffer());
    window.performance.mark('points');
    draw();
  }

  function resize(isFirst: boolean): void {
    camera.width = edges!.clientWidth;
    camera.height = edges!.clientHeight;
    for (const canvas of [edges!, dots!, top!]) {
      canvas.width = camera.width;
      canvas.height = camera.height;
    }
    if (isFirst) camera.fit();
    draw();
  }

  async function choose(asn: number, isShown: boolean): Promise<void> {
    const answer = await window.fetch(`as/${asn}.json`);
    if (!answer.ok) return;
    const found = (await answer.json()) as AsAnswer;
    dim = undefined;
    selection = { ...found, label: `AS${asn} ${found.name}`.trim().slice(0, 60) };
    for (const [index, number, name] of found.names) names.set(index, `AS${number} ${name}`.slice(0, 34));
    window.history.replaceState(null, '', `#AS${asn}`);
    if (isShown && placed !== undefined) {
      camera.x = placed.x[found.index]! / 65_536;
      camera.y = placed.y[found.index]! / 65_536;
      camera.zoom = Math.max(camera.zoom, 2);
    }
    show(found);
    draw();
  }

  function show(found: AsAnswer): void {
    const listOf = (title: string, list: readonly number[]): string => {
      if (list.length === 0) return '';
      const rows = found.names
        .filter(([index]) => list.includes(index))
        .map(([, number, name]) => `<a href="#AS${number}">AS${number} ${escapeXml(name)}</a>`);
      const more = list.length - rows.length;
      const rest = more > 0 ? `<p>and ${more.toLocaleString('en-US')} more</p>` : '';
      return `<h3>${title} · ${list.length.toLocaleString('en-US')}</h3>${rows.join('')}${rest}`;
    };
    byId(window, 'side-body').innerHTML = [
      `<h2>AS${found.asn}</h2><p>${escapeXml(found.name)} ${escapeXml(found.country)}<br>customer cone ${found.cone.toLocaleString('en-US')}</p>`,
      '<button id="cone">Highlight its cone</button>',
      listOf('Providers', found.providers),
      listOf('Customers', found.customers),
      listOf('Peers', found.peers),
      listOf('Others', found.others),
    ].join('');
    byId(window, 'cone').addEventListener('click', () => void highlight(found.asn));
    byId(window, 'side').hidden = false;
  }

  async function highlight(asn: number): Promise<void> {
    const answer = await window.fetch(`cone/${asn}.bin`);
    if (!answer.ok || placed === undefined) return;
    dim = new Uint8Array(placed.count);
    for (const index of new Uint32Array(await answer.arrayBuffer())) dim[index] = 1;
    draw();
  }

  function clear(): void {
    selection = undefined;
    dim = undefined;
    byId(window, 'side').hidden = true;
    byId(window, 'hits').hidden = true;
    window.history.replaceState(null, '', '#');
    draw();
  }

  /** The point below the pointer: of those within a few pixels the one with the largest cone. */
  function pointAt(px: number, py: number): number | undefined {
    if (placed === undefined) return undefined;
    const reach = 6;
    const unit = camera.scale / 65_536;
    const [wantedX, wantedY] = [(px + camera.left) / unit, (py + camera.top) / unit];
    const near = reach / unit;
    for (const index of placed.byCone) {
      if (Math.abs(placed.x[index]! - wantedX) < near && Math.abs(placed.y[index]! - wantedY) < near) return index;
    }
    return undefined;
  }

  const search = byId(window, 'search');
  const hits = byId(window, 'hits');
  let pause = 0;
  search.addEventListener('input', () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => void find(), 120);
  });
  async function find(): Promise<void> {
    const answer = await window.fetch(`search.json?q=${encodeURIComponent(search.value)}`);
    const found = (await answer.json()) as { asn: number; name: string; country: string }[];
    hits.hidden = found.length === 0;
    hits.innerHTML = found
      .map(({ asn, name, country }) => `<a href="#AS${asn}">AS${asn} ${escapeXml(name)} ${escapeXml(country)}</a>`)
      .join('');
  }
  search.addEventListener('keydown', ({ key }) => {
    const asn = /^(?:as)?(\d+)$/i.exec(search.value.trim())?.[1];
    if (key === 'Enter' && asn !== undefined) window.location.hash = `#AS${asn}`;
  });
  const fromHash = (): void => {
    const asn = /^#AS(\d+)$/.exec(window.location.hash)?.[1];
    hits.hidden = true;
    if (asn !== undefined) void choose(Number(asn), true);
  };
  window.addEventListener('hashchange', fromHash);
  const layouts = byId(window, 'layout');
  layouts.addEventListener('change', () => void use(layouts.value));
  byId(window, 'fit').addEventListener('click', () => {
    camera.fit();
    draw();
  });
  byId(window, 'close').addEventListener('click', clear);

  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let spread = 0;
  top!.addEventListener('pointerdown', ({ pointerId, clientX, clientY, button }) => {
    if (button !== 0) return;
    pointers.set(pointerId, { x: clientX, y: clientY });
    top!.setPointerCapture(pointerId);
    moved = 0;
  });
  top!.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) hover(event);
    else drag(event, before);
  });
  for (const type of ['pointerup', 'pointercancel']) {
    top!.addEventListener(type, (event) => {
      const wasPressed = pointers.delete(event.pointerId);
      spread = 0;
      if (type === 'pointerup' && wasPressed && moved < 6) {
        const { left, top: above } = top!.getBoundingClientRect();
        const index = pointAt(event.clientX - left, event.clientY - above);
        if (index === undefined) clear();
        else void choose(placed!.asns[index]!, false);
      }
    });
  }
  top!.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { left, top: above } = top!.getBoundingClientRect();
      camera.zoomAt(-event.deltaY * 0.0022, event.clientX - left, event.clientY - above);
      draw();
    },
    { passive: false },
  );

  function drag({ pointerId, clientX, clientY }: PageEvent, before: { x: number; y: number }): void {
    const [dx, dy] = [clientX - before.x, clientY - before.y];
    pointers.set(pointerId, { x: clientX, y: clientY });
    moved += Math.abs(dx) + Math.abs(dy);
    const [one, other] = [...pointers.values()];
    if (one !== undefined && other !== undefined) {
      const now = Math.hypot(one.x - other.x, one.y - other.y);
      const { left, top: above } = top!.getBoundingClientRect();
      if (spread > 0)
        camera.zoomAt(Math.log2(now / spread), (one.x + other.x) / 2 - left, (one.y + other.y) / 2 - above);
      spread = now;
    } else camera.move(dx, dy);
    draw();
  }

  function hover({ clientX, clientY }: PageEvent): void {
    const { left, top: above } = top!.getBoundingClientRect();
    const index = pointAt(clientX - left, clientY - above);
    const tip = byId(window, 'tip');
    top!.style.cursor = index === undefined ? 'grab' : 'pointer';
    tip.textContent = index === undefined ? '' : (names.get(index) ?? `AS${placed!.asns[index]}`);
    if (index !== undefined && !names.has(index)) void nameOf(index);
  }

  let asked = -1;
  async function nameOf(index: number): Promise<void> {
    if (asked === index || placed === undefined) return;
    asked = index;
    const asn = placed.asns[index]!;
    const answer = await window.fetch(`name/${asn}.json`);
    if (!answer.ok) return;
    const { name, country } = (await answer.json()) as { name: string; country: string };
    names.set(index, `AS${asn} ${name} ${country}`.trim().slice(0, 60));
    if (asked === index) byId(window, 'tip').textContent = names.get(index)!;
    asked = -1;
  }

  window.document.addEventListener('keydown', (event) => {
    const isTyping = window.document.activeElement === search;
    const ways: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [60, 0],
      ArrowRight: [-60, 0],
      ArrowUp: [0, 60],
      ArrowDown: [0, -60],
    };
    const way = ways[event.key];
    if (event.key === 'Escape') {
      search.blur();
      clear();
    } else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (way !== undefined) camera.move(...way);
    else if (event.key === '+' || event.key === '=') camera.zoomAt(0.5, camera.width / 2, camera.height / 2);
    else if (event.key === '-') camera.zoomAt(-0.5, camera.width / 2, camera.height / 2);
    else if (event.key === '0') camera.fit();
    draw();
  });
  window.addEventListener('resize', () => resize(false));
  resize(true);
  await use(layout);
  fromHash();
}
