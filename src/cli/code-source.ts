import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CodeModel, PythonPackage, ReadProgress } from '#codemap';
import { NetwrightError } from '#core';
import type { Runtime } from './runtime.ts';
import type { LiveRegion, Screen } from './screen.ts';
import { counted } from './table.ts';

/** Shorter readings need no word. */
const quietMs = 400;
const plainLineMs = 5000;
const mostWarnings = 12;

/** Reads the code that a command names, with progress and warnings on stderr. */
export async function readCodeOf(runtime: Runtime, name: string): Promise<CodeModel> {
  const { readCode } = await import('#codemap');
  const { screen, signal, cwd, env } = runtime;
  const progress = await readingProgress(screen, name);
  try {
    const place = whereIs(name, cwd);
    const model = await readCode(place.code, {
      cacheFolder: join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'netwright', 'codemap'),
      signal,
      onProgress: progress.onProgress,
    });
    progress.done();
    reportWarnings(screen, model);
    return place.name === undefined ? model : { ...model, name: place.name };
  } finally {
    progress.done();
  }
}

/** A folder, an installed Python package, or a package of the nearest `node_modules`. */
function whereIs(name: string, cwd: string): { code: string | PythonPackage; name?: string } {
  const path = resolve(cwd, name);
  if (existsSync(path)) return { code: path };
  const inNode = nodePackage(name, cwd);
  // Its folder is often called `dist`, which says nothing.
  if (inNode !== undefined) return { code: inNode, name };
  if (/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name)) return { code: { package: name } };
  throw new NetwrightError('NW_CODE_NOT_FOUND', `${path}: there is no such folder, and "${name}" names no package`);
}

/** Published packages often keep their code in `dist`, which is left out of other trees. */
function nodePackage(name: string, cwd: string): string | undefined {
  if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name)) return undefined;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const root = join(folder, 'node_modules', name);
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
      const dist = join(root, 'dist');
      return existsSync(dist) ? dist : root;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

interface ReadingProgress {
  readonly onProgress: (progress: ReadProgress) => void;
  readonly done: () => void;
}

async function readingProgress(screen: Screen, name: string): Promise<ReadingProgress> {
  const startedMs = performance.now();
  let painter: (LiveRegion & ((text: string) => void) & { done(): void }) | undefined;
  let saidMs = startedMs;
  if (screen.isLive) {
    const { createLogUpdate } = await import('log-update');
    painter = createLogUpdate(screen.errorStream) as typeof painter;
    screen.setLive(painter);
  }
  return {
    onProgress: ({ stage, filesDone, filesTotal, filesCached }) => {
      const now = performance.now();
      if (stage === 'done' || now - startedMs < quietMs) return;
      const known = filesCached > 0 ? `, ${filesCached} known already` : '';
      const text =
        stage === 'reading'
          ? `${name}: ${filesDone}/${filesTotal} files read${known}`
          : `${name}: ${stage === 'walking' ? `${filesDone} files found` : 'joining what the files say'}`;
      if (painter !== undefined) painter(text);
      else if (now - saidMs > plainLineMs) {
        saidMs = now;
        screen.note(text);
      }
    },
    done: () => {
      painter?.clear();
      painter?.done();
      painter = undefined;
      screen.setLive(undefined);
    },
  };
}

/** What could not be read, one line each; the rest of the map stands. */
function reportWarnings(screen: Screen, { warnings }: CodeModel): void {
  const { yellow, dim } = screen.errorColors;
  const loud = warnings.filter(({ kind }) => kind === 'syntax' || kind === 'encoding' || kind === 'skipped');
  for (const { at, message } of loud.slice(0, mostWarnings)) {
    screen.note(`${yellow(`${at.file}:${at.line}`)} ${message}`);
  }
  const rest = warnings.length - Math.min(loud.length, mostWarnings);
  if (rest > 0) screen.note(dim(`and ${counted(rest, 'smaller warning')}: --json has them all`));
}
