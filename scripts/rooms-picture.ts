import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawModules, moduleGraph, readCode } from '../src/codemap/index.ts';

/**
 * docs/pictures/rooms.svg: the rooms of this very tree and who imports whom, as `netwright codemap modules src` draws it.
 * Drawn with every build of the docs, not compared by `gen --check`: each new file would make it stale.
 */
export async function drawRooms(root: string): Promise<void> {
  const model = await readCode(join(root, 'src'));
  const picture = await drawModules({ ...model, name: 'Netwright' }, moduleGraph(model), { format: 'svg', depth: 1 });
  writeFileSync(join(root, 'docs/pictures/rooms.svg'), picture);
}
