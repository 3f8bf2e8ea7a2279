import { readdir } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';

export interface WalkOptions {
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  readonly onFile: () => Promise<void> | undefined;
}

/** Folders that hold what others wrote or what a tool makes. */
const leftOut = new Set(['node_modules', '__pycache__', 'dist', 'site-packages', 'dist-packages', 'venv']);

/** Paths of all files below a folder, sorted, links to folders not followed. */
export async function walk(root: string, options: WalkOptions): Promise<string[]> {
  const files: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isCovered(path, options.exclude)) continue;
      if (entry.isDirectory()) {
        if (!leftOut.has(entry.name) && !entry.name.startsWith('.')) open.push(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        files.push(path);
        await options.onFile();
      }
    }
  }
  return files.sort();
}

/** Whether `only` lets a file in. */
export const isWanted = (path: string, only: readonly string[]): boolean => only.length === 0 || isCovered(path, only);

/** Whether a path is one of the patterns, lies below one, or matches one as a glob. */
function isCovered(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
    return path === plain || path.startsWith(`${plain}/`) || (/[*?[{]/.test(plain) && matchesGlob(path, plain));
  });
}
