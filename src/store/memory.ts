/** Small facts that are learned and kept: detected platforms, endpoints that need legacy algorithms. */
export interface Memory {
  get(kind: string, key: string): string | undefined;
  set(kind: string, key: string, value: string): void;
  delete(kind: string, key: string): void;
  entries(kind: string): Iterable<readonly [key: string, value: string]>;
}
