import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ConfigNode, type ConfigTree, type DialectName, dialectOf, parseConfig, renderConfig } from '#parse';
import { createPlatformRegistry } from '#platforms';
import { factsOf } from '../../../src/lab/facts.ts';
import { generateConfiguration } from '../../../src/lab/generate.ts';
import { findPersona, labPlatforms } from '../../../src/lab/personas/index.ts';

export interface Source {
  readonly name: string;
  readonly dialect: DialectName;
  readonly text: string;
}

const registry = createPlatformRegistry();

async function dialectOfPlatform(id: string): Promise<DialectName | undefined> {
  return (await registry.get(id)).config?.dialect;
}

/** What the lab's devices of a platform hold, about so many bytes of it. */
function labText(platform: string, bytes: number, seed = 4711): string {
  const persona = findPersona(platform);
  const facts = factsOf({
    host: 'r1',
    site: 'cairo',
    user: 'netwright',
    password: 'pw-lab-1',
    enable: 'en-lab-1',
    seed,
  });
  return `${persona.config.before?.(facts, bytes) ?? ''}${generateConfiguration(persona.config, facts, bytes)}${persona.config.after?.(facts) ?? ''}`;
}

/** One configuration a platform that the lab plays. */
export async function labSources(bytes = 2500): Promise<Source[]> {
  const sources: Source[] = [];
  for (const platform of labPlatforms) {
    const dialect = await dialectOfPlatform(platform);
    if (dialect !== undefined && dialect !== 'plain')
      sources.push({ name: `lab ${platform}`, dialect, text: labText(platform, bytes) });
  }
  return sources;
}

/** The samples of the catalogue: one configuration a platform. */
export async function sampleSources(): Promise<Source[]> {
  const folder = resolve(import.meta.dirname, '../../platforms');
  const sources: Source[] = [];
  for (const platform of readdirSync(folder)) {
    const file = join(folder, platform, 'running-config.txt');
    if (!existsSync(file)) continue;
    const dialect = await dialectOfPlatform(platform);
    if (dialect !== undefined && dialect !== 'plain')
      sources.push({ name: `sample ${platform}`, dialect, text: readFileSync(file, 'utf8') });
  }
  return sources;
}

const data = process.env['NETWRIGHT_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const realFolder = join(data, 'devices/oxidized');
const realDialects: Readonly<Record<string, DialectName>> = {
  asa: 'asa',
  eos: 'eos',
  fortigate: 'fortios',
  h3c: 'comware',
  ios: 'ios',
  junos: 'junos',
  nxos: 'nxos',
  routeros: 'routeros',
};

/** Configurations of real devices, where they are at hand; they are no part of the project. */
export function realSources(): Source[] {
  if (!existsSync(realFolder)) return [];
  return readdirSync(realFolder).flatMap((file) => {
    const dialect = realDialects[file.split('#')[0]!];
    return dialect === undefined || !file.endsWith('#output.txt')
      ? []
      : [{ name: file, dialect, text: readFileSync(join(realFolder, file), 'utf8') }];
  });
}

export function read(source: Source): ConfigTree {
  return parseConfig(source.text, dialectOf(source.dialect), { file: source.name });
}

/** Written and read once more, so that a tree made by hand is one that the dialect could have read. */
export function reread(tree: ConfigTree): ConfigTree {
  return parseConfig(renderConfig(tree), dialectOf(tree.dialect), { file: 'rendered' });
}

/** Draws numbers in [0, 1). */
export type Draw = () => number;

/** Lines taken out, values changed, siblings in another order; `rate` is the share of what changes. */
export function mutate(nodes: readonly ConfigNode[], rate: number, draw: Draw): ConfigNode[] {
  const mutated: ConfigNode[] = [];
  for (const node of nodes) {
    const chance = draw();
    if (chance < rate * 0.4) continue;
    const isLine = node.children.length === 0 && !node.text.includes('\n') && !/^(?:no|undo) /.test(node.text);
    const text = isLine && chance < rate * 0.8 ? otherValue(node.text, draw) : node.text;
    const place = chance > 1 - rate * 0.1 ? Math.floor(draw() * (mutated.length + 1)) : mutated.length;
    mutated.splice(place, 0, { ...node, text, children: mutate(node.children, rate, draw) });
  }
  return mutated;
}

/** Another last number or letter; the first word stays. */
function otherValue(text: string, draw: Draw): string {
  const cut = text.lastIndexOf(' ');
  if (cut < 0) return text;
  const value = text
    .slice(cut)
    .replace(/(\d+|[a-z])(?=["\]]?$)/, (part) =>
      /\d/.test(part) ? String((Number(part) + 1 + Math.floor(draw() * 5)) % 250) : 'q',
    );
  return text.slice(0, cut) + value;
}
