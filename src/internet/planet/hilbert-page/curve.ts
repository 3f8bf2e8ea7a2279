/** From a place in a square of 256 to its distance along the curve: the /16 that is there. */
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
