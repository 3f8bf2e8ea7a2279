import { openGraph as openFile, type WritableAtlas } from '../graph/graph-file.ts';
import { prepareAnswers } from './prepare.ts';

/**
 * Opens a graph file, ready for questions. Its columns lie in memory as they lie in the file; what questions look up
 * besides is found at once.
 * @throws NetwrightError `NW_INTERNET_FILE` when it cannot be read, `NW_INTERNET_FORMAT` when it is none of ours or damaged.
 */
export async function openGraph(file: string): Promise<WritableAtlas> {
  const atlas = await openFile(file);
  await prepareAnswers(atlas);
  return atlas;
}
