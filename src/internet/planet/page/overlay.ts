import type { Canvas } from '#page';
import type { Camera } from './camera.ts';
import { NamePlaces } from './name-places.ts';
import type { Names } from './names.ts';
import { dotRadius, type Points } from './points.ts';

export interface Sign {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

export interface Selection {
  readonly index: number;
  readonly providers: readonly number[];
  readonly customers: readonly number[];
  readonly peers: readonly number[];
  readonly others: readonly number[];
  readonly label: string;
}

export interface OverlayInk {
  readonly ink: string;
  readonly halo: string;
  readonly provider: string;
  readonly customer: string;
  readonly peer: string;
}

/** What is drawn on top of the points. */
export interface OverlayScene {
  readonly points: Points;
  readonly signs: readonly Sign[];
  readonly names: Names;
  readonly selection: Selection | undefined;
  readonly ink: OverlayInk;
}

const mostLines = 4000;
/** Pixels of the window a name, of the whole and of a part: the picture below can still be seen. */
const groundPerName = { whole: 32_000, part: 18_000 };
/** Half the width of the code of a country. */
const shortSign = 11;
/** The largest may stand beside their dot at the end of a line. */
const mostLed = 45;
const nameHeight = 14;
const fonts = "Inter,'Segoe UI',Arial,'DejaVu Sans',sans-serif";

/** Pixels that a long sign at the left or right rim goes outwards: centred it would lie on what it names. */
function asideOf({ x, y }: Sign, width: number): number {
  const isAtSide = Math.abs(x - 0.5) > 0.3 && Math.abs(y - 0.5) < 0.45;
  return isAtSide ? Math.sign(x - 0.5) * Math.max(0, width / 2 - shortSign) : 0;
}

/** Labels, and the links of what is selected. */
export class Overlay {
  readonly #widths = new Map<string, number>();

  /** @returns indexes of what is seen and has no name yet */
  draw(canvas: Canvas, camera: Camera, scene: OverlayScene): number[] {
    const { points, selection, signs, ink } = scene;
    canvas.clearRect(0, 0, camera.width, camera.height);
    canvas.textAlign = 'center';
    canvas.textBaseline = 'middle';
    canvas.lineJoin = 'round';
    const places = new NamePlaces(camera.width, camera.height, nameHeight);
    const at = (index: number): [number, number] => [
      (points.x[index]! / 65_536) * camera.scale - camera.left,
      (points.y[index]! / 65_536) * camera.scale - camera.top,
    ];
    if (selection !== undefined) {
      this.#links(canvas, at, selection, ink);
      const [x, y] = at(selection.index);
      canvas.font = `bold 13px ${fonts}`;
      const half = canvas.measureText(selection.label).width / 2 + 4;
      places.take(x - half, y - 25, x + half, y + 8);
      this.#text(canvas, selection.label, x, y - 16, ink);
    }
    canvas.font = `bold 11px ${fonts}`;
    for (const sign of signs) {
      const [x, y] = [sign.x * camera.scale - camera.left, sign.y * camera.scale - camera.top];
      const text = sign.text === '??' ? 'country unknown' : sign.text;
      const width = this.#width(canvas, `bold ${text}`, text);
      for (const aside of [asideOf(sign, width), 0]) {
        if (!places.tryAt(x + aside, y, width)) continue;
        this.#text(canvas, text, x + aside, y, ink);
        break;
      }
    }
    canvas.font = `11px ${fonts}`;
    return this.#names(canvas, camera, scene, places, at);
  }

  #links(
    canvas: Canvas,
    at: (index: number) => [number, number],
    { index, peers, others, customers, providers }: Selection,
    ink: OverlayInk,
  ): void {
    const [x, y] = at(index);
    for (const [list, color] of [
      [peers, ink.peer],
      [others, ink.peer],
      [customers, ink.customer],
      [providers, ink.provider],
    ] as const) {
      canvas.strokeStyle = color;
      canvas.globalAlpha = list.length > 400 ? 0.25 : 0.75;
      canvas.lineWidth = 1;
      canvas.beginPath();
      for (const other of list.slice(0, mostLines)) {
        canvas.moveTo(x, y);
        canvas.lineTo(...at(other));
      }
      canvas.stroke();
    }
    canvas.globalAlpha = 1;
    canvas.strokeStyle = ink.ink;
    canvas.lineWidth = 2;
    canvas.beginPath();
    canvas.arc(x, y, 7, 0, 7);
    canvas.stroke();
  }

  /** Those of the selection's neighbours first, then those of the largest that are seen. */
  #names(
    canvas: Canvas,
    camera: Camera,
    { points, names, selection, ink }: OverlayScene,
    places: NamePlaces,
    at: (index: number) => [number, number],
  ): number[] {
    const near =
      selection === undefined ? [] : [...selection.providers.slice(0, 16), ...selection.customers.slice(0, 16)];
    const unnamed: number[] = [];
    const [midX, midY] = [0.5 * camera.scale - camera.left, 0.5 * camera.scale - camera.top];
    const ground = camera.zoom < 1.6 ? groundPerName.whole : groundPerName.part;
    let left = Math.max(12, Math.round((camera.width * camera.height) / ground));
    let led = mostLed;
    // Around the large dots no other name.
    for (const index of points.byCone.subarray(0, 24)) {
      const [x, y] = at(index);
      const radius = dotRadius(points.cone[index]!, camera.zoom);
      if (x > 0 && y > 0 && x < camera.width && y < camera.height)
        places.take(x - radius, y - radius, x + radius, y + radius);
    }
    const tried = new Set<number>(selection === undefined ? [] : [selection.index]);
    const tryOne = (index: number): void => {
      if (tried.has(index)) return;
      const [x, y] = at(index);
      if (x < 0 || y < 0 || x > camera.width || y > camera.height) return;
      tried.add(index);
      const text = names.get(index) ?? `AS${points.asns[index]}`;
      const width = this.#width(canvas, text, text);
      const mayLead = led > 0;
      led -= 1;
      const radius = dotRadius(points.cone[index]!, camera.zoom);
      const found = places.place({ x, y, width, radius, away: Math.atan2(y - midY, x - midX), mayLead });
      left -= found === undefined ? 0.2 : 1;
      if (found === undefined) return;
      if (!names.has(index)) unnamed.push(index);
      if (found.isLed) {
        canvas.strokeStyle = ink.ink;
        canvas.globalAlpha = 0.55;
        canvas.lineWidth = 1;
        canvas.beginPath();
        canvas.moveTo(x, y);
        canvas.lineTo(Math.max(found.x - width / 2, Math.min(found.x + width / 2, x)), found.y);
        canvas.stroke();
        canvas.globalAlpha = 1;
      }
      this.#text(canvas, text, found.x, found.y, ink);
    };
    for (const index of near) tryOne(index);
    for (let rank = 0; rank < points.count && left > 0; rank += 1) tryOne(points.byCone[rank]!);
    return unnamed;
  }

  #width(canvas: Canvas, key: string, text: string): number {
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size > 20_000) this.#widths.clear();
    const width = canvas.measureText(text).width + 4;
    this.#widths.set(key, width);
    return width;
  }

  #text(canvas: Canvas, text: string, x: number, y: number, { ink, halo }: OverlayInk): void {
    canvas.strokeStyle = halo;
    canvas.lineWidth = 3;
    canvas.strokeText(text, x, y);
    canvas.fillStyle = ink;
    canvas.fillText(text, x, y);
  }
}
