import { boxContext } from '../../layout/box-context.ts';
import { classBox, type MeasuredBox, packBox, packShape } from '../../layout/boxes.ts';
import { aloneId, type Forest, foldersOf, foldKey, forestLines, growForest } from '../../layout/forest.ts';
import type { DrawnClass, Picture, PictureBox, PictureLine } from '../../layout/picture.ts';
import { svgBox, svgLine } from '../svg-parts.ts';
import { arrange } from './arrange.ts';
import type { PageData } from './page-data.ts';

/** The drawing in its present state of folding. */
export class Drawing {
  readonly #data: PageData;
  readonly #classes: readonly DrawnClass[];
  readonly #forest: Forest;
  readonly #began: string;
  readonly folded: Set<string>;
  /** Classes below which nothing is drawn. */
  readonly closed = new Set<string>();
  #boxes: readonly PictureBox[];
  width: number;
  height: number;

  constructor(data: PageData, classes: readonly DrawnClass[]) {
    this.#data = data;
    this.#classes = classes;
    this.#forest = growForest(classes, new Set(data.boxed));
    this.folded = new Set(data.folded);
    this.#began = this.#state();
    this.#boxes = data.picture.boxes;
    this.width = data.picture.width;
    this.height = data.picture.height;
  }

  /** The box in which a class is, and the row of it when it is one. */
  placeOf(id: string): { x: number; y: number; width: number; height: number } | undefined {
    const box = this.#boxes.find((one) => one.id === this.#forest.boxOf.get(id) || one.id === id);
    if (box === undefined) return undefined;
    const row = box.rows.find(({ target }) => target === id);
    if (row === undefined || box.target === id) return box;
    return { x: box.x + row.x, y: box.y + row.y - 12, width: row.width, height: 17 };
  }

  /** Whether the class has a box whose heirs can be folded away. */
  canClose(id: string): boolean {
    return (
      this.#forest.packs.some(({ parents }) => parents.includes(id)) ||
      this.#forest.trunks.some(
        (one) => one.parents.some((parent) => parent.id === id) && this.#forest.boxOf.get(id) === id,
      )
    );
  }

  /** Opens whatever hides a class; whether anything changed. */
  reveal(id: string): boolean {
    const before = this.#state();
    const box = this.#forest.boxOf.get(id);
    const pack = this.#forest.packs.find((one) => one.id === box);
    for (const { head, rows } of pack?.families ?? []) {
      if (pack !== undefined && rows.some(({ one }) => one.id === id))
        this.folded.delete(foldKey(pack.id, head.folder));
    }
    if (box !== undefined && this.#hidden().has(box)) this.closed.clear();
    return this.#state() !== before;
  }

  foldAll(): void {
    for (const pack of this.#forest.packs) {
      for (const [folder, families] of foldersOf(pack)) {
        if (families.reduce((sum, { rows }) => sum + rows.length, 0) > 1) this.folded.add(foldKey(pack.id, folder));
      }
    }
  }

  unfoldAll(): void {
    this.folded.clear();
    this.closed.clear();
  }

  /** The drawing as it began, or placed anew. */
  render(): string {
    const { picture, shape } = this.#data;
    let lines: readonly PictureLine[] = picture.lines;
    if (this.#state() === this.#began) {
      this.#boxes = picture.boxes;
      ({ width: this.width, height: this.height } = picture);
    } else {
      const arranged = this.#arranged(picture, shape);
      this.#boxes = arranged.boxes;
      lines = arranged.lines;
      ({ width: this.width, height: this.height } = arranged);
    }
    return [...lines.map(svgLine), ...this.#boxes.map(svgBox)].join('\n');
  }

  #arranged(picture: Picture, shape: number): ReturnType<typeof arrange> {
    const context = boxContext(this.#classes, this.#forest, new Set(this.#data.detailed), this.#data.top);
    const hidden = this.#hidden();
    const boxes: MeasuredBox[] = [
      ...this.#forest.trunks.map((one) => classBox(one, context)),
      ...picture.boxes.filter(({ kind }) => kind === 'factory'),
      ...this.#forest.packs.map((pack) => packBox(pack, this.folded, packShape(pack, shape), context)),
    ].filter(({ id }) => !hidden.has(id));
    const relations = picture.lines.filter(({ kind }) => kind !== 'inherits' && kind !== 'implements');
    const lines = [...forestLines(this.#forest), ...relations].filter(
      ({ from, to }) => !hidden.has(from) && !hidden.has(to),
    );
    const heights = new Map(picture.boxes.map(({ id, y, height }) => [id, y + height / 2]));
    return arrange(boxes, lines, (id) => heights.get(id) ?? 0, 1.5);
  }

  /** Boxes to which no way leads from the top that is not closed. */
  #hidden(): Set<string> {
    const hidden = new Set<string>();
    const up = new Map<string, string[]>();
    for (const { from, to } of forestLines(this.#forest)) up.set(from, [...(up.get(from) ?? []), to]);
    const isHidden = (id: string, way: ReadonlySet<string>): boolean => {
      const parents = up.get(id) ?? [];
      if (parents.length === 0 || way.has(id)) return false;
      const next = new Set([...way, id]);
      return parents.every((parent) => this.closed.has(parent) || isHidden(parent, next));
    };
    for (const id of up.keys()) if (id !== aloneId && isHidden(id, new Set())) hidden.add(id);
    return hidden;
  }

  #state(): string {
    return [...this.folded].sort().join('\n') + [...this.closed].sort().join('\n');
  }
}
