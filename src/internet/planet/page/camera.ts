const mostZoom = 7;

/** What part of the picture is seen: `zoom` 0 shows its side of 1 as 512 pixels. */
export class Camera {
  zoom = 0;
  /** Where the middle of the window looks, 0-1. */
  x = 0.5;
  y = 0.5;
  width = 1;
  height = 1;

  /** Pixels of the side of the whole. */
  get scale(): number {
    return 512 * 2 ** this.zoom;
  }

  get left(): number {
    return Math.round(this.x * this.scale - this.width / 2);
  }

  get top(): number {
    return Math.round(this.y * this.scale - this.height / 2);
  }

  fit(): void {
    this.zoom = Math.log2(Math.min(this.width, this.height) / 512);
    this.x = 0.5;
    this.y = 0.5;
  }

  /** Moves by pixels of the window. */
  move(dx: number, dy: number): void {
    this.x = Math.min(1.1, Math.max(-0.1, this.x - dx / this.scale));
    this.y = Math.min(1.1, Math.max(-0.1, this.y - dy / this.scale));
  }

  /** What is below the pointer stays there. */
  zoomAt(by: number, px: number, py: number): void {
    const [x, y] = [(this.left + px) / this.scale, (this.top + py) / this.scale];
    this.zoom = Math.min(mostZoom, Math.max(-1, this.zoom + by));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y - (py - this.height / 2) / this.scale;
  }
}
