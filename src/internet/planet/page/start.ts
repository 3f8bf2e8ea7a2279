import { byId, Gestures, keyStep, type PageWindow } from '#page';
import type { PlanetHead } from '../planet-head.ts';
import { Camera } from './camera.ts';
import { EmbeddedData } from './embedded-data.ts';
import { Finder } from './finder.ts';
import { watchForNewer } from './freshness.ts';
import { Names } from './names.ts';
import { Overlay, type Selection, type Sign } from './overlay.ts';
import { panelHtml } from './panel.ts';
import type { PlanetData } from './planet-data.ts';
import { PointLayer } from './point-layer.ts';
import type { Points } from './points.ts';
import { ServedData } from './served-data.ts';
import { TileLayer } from './tile-layer.ts';

/** Brings the planet to life: tiles below, points over them, labels and the selection on top. */
export async function start(window: PageWindow): Promise<void> {
  const [edges, dots, top, layouts] = [
    byId(window, 'edges'),
    byId(window, 'dots'),
    byId(window, 'top'),
    byId(window, 'layout'),
  ];
  const [edgeCanvas, dotCanvas, topCanvas] = [
    edges.getContext('2d', { alpha: false }),
    dots.getContext('2d'),
    top.getContext('2d'),
  ];
  const busy = (text: string): void => {
    byId(window, 'busy').hidden = text === '';
    byId(window, 'busy').textContent = text;
  };
  const isEmbedded = window.document.getElementById('data') !== null;
  const data: PlanetData = isEmbedded ? new EmbeddedData(window) : new ServedData(window);
  const found = await data.head();
  if (found === undefined) {
    return busy(
      isEmbedded
        ? 'This browser is too old to unpack the map (it has no DecompressionStream).'
        : 'The graph could not be read. The server says why.',
    );
  }
  const head: PlanetHead = found;
  const colors = Uint32Array.from(head.colors);
  const camera = new Camera();
  const points = new PointLayer();
  const overlay = new Overlay();
  const names = new Names(window, data, draw);
  for (const name of head.names) names.set(...name);
  const finder = new Finder(window, data);
  let layout = layouts.value;
  let placed: Points | undefined;
  let signs: readonly Sign[] = [];
  let selection: Selection | undefined;
  let dim: Uint8Array | undefined;
  let isWaiting = false;
  const tiles = new TileLayer(data, draw);
  byId(window, 'title').textContent = head.title;
  byId(window, 'subtitle').textContent = head.subtitle;
  byId(window, 'subtitle').setAttribute('title', head.subtitle);
  if (data.newest !== undefined) watchForNewer(window, head.version, async () => await data.newest!());

  function draw(): void {
    if (isWaiting) return;
    isWaiting = true;
    window.requestAnimationFrame(() => {
      isWaiting = false;
      edgeCanvas.fillStyle = head.ink.halo;
      edgeCanvas.fillRect(0, 0, camera.width, camera.height);
      if (placed === undefined) return;
      tiles.draw(edgeCanvas, camera);
      if (selection !== undefined) {
        // What is selected stands out of the rest.
        edgeCanvas.globalAlpha = 0.62;
        edgeCanvas.fillStyle = head.ink.halo;
        edgeCanvas.fillRect(0, 0, camera.width, camera.height);
        edgeCanvas.globalAlpha = 1;
      }
      points.draw(dotCanvas, camera, placed, colors, dim);
      const unnamed = overlay.draw(topCanvas, camera, { points: placed, signs, names, selection, ink: head.ink });
      names.ask(unnamed, placed);
    });
  }

  async function use(name: string): Promise<void> {
    layout = name;
    busy('Drawing the map …');
    const found = await data.placed(name);
    if (layout !== name) return;
    if (found === undefined) return busy('The map could not be drawn.');
    signs = found.signs;
    tiles.use(name);
    placed = found.points;
    window.performance.mark('points');
    busy('');
    draw();
  }

  function resize(isFirst: boolean): void {
    camera.width = edges.clientWidth;
    camera.height = edges.clientHeight;
    for (const canvas of [edges, dots, top]) {
      canvas.width = camera.width;
      canvas.height = camera.height;
    }
    if (isFirst) camera.fit();
    draw();
  }

  async function choose(asn: number, isShown: boolean): Promise<void> {
    const as = await data.as(asn);
    if (as === undefined) return;
    dim = undefined;
    selection = { ...as, label: `AS${asn} ${as.name}`.trim().slice(0, 60) };
    window.history.replaceState(null, '', `#AS${asn}`);
    if (isShown && placed !== undefined) {
      camera.x = placed.x[as.index]! / 65_536;
      camera.y = placed.y[as.index]! / 65_536;
      camera.zoom = Math.max(camera.zoom, 2);
    }
    byId(window, 'side-body').innerHTML = panelHtml(as);
    if (as.cone > 1) byId(window, 'cone').addEventListener('click', () => void highlight(asn));
    byId(window, 'side').hidden = false;
    draw();
  }

  async function highlight(asn: number): Promise<void> {
    const members = await data.cone(asn);
    if (members === undefined || placed === undefined) return;
    dim = new Uint8Array(placed.count);
    for (const index of members) dim[index] = 1;
    draw();
  }

  function clear(): void {
    selection = undefined;
    dim = undefined;
    byId(window, 'side').hidden = true;
    finder.close();
    window.history.replaceState(null, '', '#');
    draw();
  }

  /** The point below the pointer: of those within a few pixels the one with the largest cone. */
  function pointAt(px: number, py: number): number | undefined {
    if (placed === undefined) return undefined;
    const unit = camera.scale / 65_536;
    const [wantedX, wantedY, near] = [(px + camera.left) / unit, (py + camera.top) / unit, 6 / unit];
    for (const index of placed.byCone) {
      if (Math.abs(placed.x[index]! - wantedX) < near && Math.abs(placed.y[index]! - wantedY) < near) return index;
    }
    return undefined;
  }

  const tip = byId(window, 'tip');
  let hovered: number | undefined;
  async function hover(index: number | undefined): Promise<void> {
    hovered = index;
    top.style.cursor = index === undefined ? 'grab' : 'pointer';
    tip.hidden = index === undefined;
    if (index === undefined || placed === undefined) return;
    const asn = placed.asns[index]!;
    tip.textContent = names.get(index) ?? `AS${asn}`;
    const found = await data.facts(asn);
    if (found === undefined || hovered !== index) return;
    const { name, country, cone } = found;
    tip.textContent = `AS${asn} ${name} ${country} · customer cone ${cone.toLocaleString('en-US')}`;
  }

  new Gestures(top, {
    move: (dx, dy) => {
      camera.move(dx, dy);
      draw();
    },
    zoom: (factor, x, y) => {
      camera.zoomAt(Math.log2(factor), x, y);
      draw();
    },
    tap: (x, y) => {
      const index = pointAt(x, y);
      if (index === undefined) clear();
      else void choose(placed!.asns[index]!, false);
    },
    hover: (x, y) => {
      const index = pointAt(x, y);
      if (index !== hovered) void hover(index);
    },
  });
  const showWhole = (): void => {
    camera.fit();
    draw();
  };
  const zoom = (by: number): void => {
    camera.zoomAt(by, camera.width / 2, camera.height / 2);
    draw();
  };
  const fromHash = (): void => {
    const asn = /^#AS(\d+)$/.exec(window.location.hash)?.[1];
    byId(window, 'hits').hidden = true;
    if (asn !== undefined) void choose(Number(asn), true);
  };
  window.addEventListener('hashchange', fromHash);
  layouts.addEventListener('change', () => void use(layouts.value));
  byId(window, 'fit').addEventListener('click', showWhole);
  byId(window, 'zoom-in').addEventListener('click', () => zoom(0.5));
  byId(window, 'zoom-out').addEventListener('click', () => zoom(-0.5));
  byId(window, 'close').addEventListener('click', clear);
  window.document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return clear();
    // In the list of layouts the arrows choose.
    const isElsewhere = finder.isTyping || window.document.activeElement === layouts;
    if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = keyStep(event.key);
    if (event.key === '/') {
      event.preventDefault();
      finder.focus();
    } else if (way !== undefined) {
      camera.move(...way);
      draw();
    } else if (event.key === '+' || event.key === '=') zoom(0.5);
    else if (event.key === '-') zoom(-0.5);
    else if (event.key === '0') showWhole();
  });
  window.addEventListener('resize', () => resize(false));
  resize(true);
  await use(layout);
  fromHash();
}
