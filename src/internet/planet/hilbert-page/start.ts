interface Data {
  /** Pixels above the map, and of its side. */
  readonly head: number;
  readonly side: number;
  readonly names: readonly string[];
  /** By /16 an index into the names, -1 for nobody. */
  readonly blocks: readonly number[];
}

interface Part {
  textContent: string | null;
  addEventListener(type: string, listener: (event: { clientX: number; clientY: number }) => void): void;
  getBoundingClientRect(): { left: number; top: number; width: number };
}

/** Says what is below the pointer. */
export function start(window: { document: { getElementById(id: string): Part | null } }, data: Data): void {
  const map = window.document.getElementById('map');
  const tip = window.document.getElementById('tip');
  map?.addEventListener('pointermove', ({ clientX, clientY }) => {
    const { left, top, width } = map.getBoundingClientRect();
    const scale = data.side / width;
    const x = Math.floor(((clientX - left) * scale * 256) / data.side);
    const y = Math.floor((((clientY - top) * scale - data.head) * 256) / data.side);
    if (tip === null || x < 0 || y < 0 || x > 255 || y > 255) return;
    const block = blockAt(x, y);
    const name = data.names[data.blocks[block] ?? -1] ?? 'nobody originates it';
    tip.textContent = `${block >> 8}.${block & 255}.0.0/16 · ${name}`;
  });
}

/** The way back: from a place in a square of 256 to its distance along the curve. */
export function blockAt(px: number, py: number): number {
  let [x, y, distance] = [px, py, 0];
  for (let side = 128; side > 0; side = Math.floor(side / 2)) {
    const right = (x & side) > 0 ? 1 : 0;
    const down = (y & side) > 0 ? 1 : 0;
    distance += side * side * ((3 * right) ^ down);
    if (down === 0) {
      if (right === 1) [x, y] = [255 - x, 255 - y];
      [x, y] = [y, x];
    }
  }
  return distance;
}
