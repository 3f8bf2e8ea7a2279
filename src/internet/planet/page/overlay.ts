import type { Camera } from './camera.ts';
import type { Canvas } from './dom.ts';
import type { Points } from './points.ts';

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

const mostLines = 4000;
const mostLabels = 60;

/** Labels, and the links of what is selected. */
export class Overlay {
  #taken: (readonly [number, number, number, number])[] = [];

  draw(
    canvas: Canvas,
    camera: Camera,
    points: Points,
    signs: readonly Sign[],
    names: ReadonlyMap<number, string>,
    selection: Selection | undefined,
    ink: OverlayInk,
  ): void {
    canvas.clearRect(0, 0, camera.width, camera.height);
    this.#taken = [];
    const at = (index: number): [number, number] => [
      (points.x[index]! / 65_536) * camera.scale - camera.left,
      (points.y[index]! / 65_536) * camera.scale - camera.top,
    ];
    if (selection !== undefined) {
      const [x, y] = at(selection.index);
      for (const [list, color] of [
        [selection.peers, ink.peer],
        [selection.others, ink.peer],
        [selection.customers, ink.customer],
        [selection.providers, ink.provider],
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
      this.#label(canvas, selection.label, x, y - 16, 'bold 13px', ink);
      for (const other of [...selection.providers, ...selection.customers].slice(0, 24)) {
        const name = names.get(other);
        if (name !== undefined) this.#label(canvas, name, at(other)[0], at(other)[1] - 9, '11px', ink);
      }
    }
    for (const sign of signs) {
      const [x, y] = [sign.x * camera.scale - camera.left, sign.y * camera.scale - camera.top];
      this.#label(canvas, sign.text === '??' ? 'country unknown' : sign.text, x, y, 'bold 11px', ink);
    }
    this.#numbers(canvas, camera, points, names, at, ink);
  }

  /** Numbers of the largest that are seen; names where they are known. */
  #numbers(
    canvas: Canvas,
    camera: Camera,
    points: Points,
    names: ReadonlyMap<number, string>,
    at: (index: number) => [number, number],
    ink: OverlayInk,
  ): void {
    if (camera.zoom < 1.4) return;
    let left = mostLabels;
    for (let rank = 0; rank < points.count && left > 0; rank += 1) {
      const index = points.byCone[rank]!;
      const [x, y] = at(index);
      if (x < 0 || y < 0 || x > camera.width || y > camera.height) continue;
      if (this.#label(canvas, names.get(index) ?? `AS${points.asns[index]}`, x, y - 10, '11px', ink)) left -= 1;
      else left -= 0.25;
    }
  }

  /** Whether there was room for it. */
  #label(canvas: Canvas, text: string, x: number, y: number, font: string, { ink, halo }: OverlayInk): boolean {
    canvas.font = `${font} Inter,'Segoe UI',Arial,'DejaVu Sans',sans-serif`;
    const half = canvas.measureText(text).width / 2 + 2;
    const box = [x - half, y - 8, x + half, y + 8] as const;
    if (this.#taken.some(([l, t, r, b]) => l < box[2] && r > box[0] && t < box[3] && b > box[1])) return false;
    this.#taken.push(box);
    canvas.textAlign = 'center';
    canvas.textBaseline = 'middle';
    canvas.strokeStyle = halo;
    canvas.lineWidth = 3;
    canvas.strokeText(text, x, y);
    canvas.fillStyle = ink;
    canvas.fillText(text, x, y);
    return true;
  }
}
