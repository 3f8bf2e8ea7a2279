export function start(window: unknown): void {
  void window;
}
