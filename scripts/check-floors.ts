/** Reads every import below `src/` and reports those that climb, skip a door or close a circle. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { capabilityFloor, floors, type Room, rooms } from './floors.ts';

interface Import {
  file: string;
  line: number;
  to: string;
}

function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, text);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const statics = module.staticImports.map((one) => ({ to: one.moduleRequest.value, at: one.start }));
  const reexports = module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) => (entry.moduleRequest ? [{ to: entry.moduleRequest.value, at: one.start }] : [])),
  );
  const dynamics = module.dynamicImports.map((one) => ({
    to: text.slice(one.moduleRequest.start, one.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    at: one.start,
  }));
  return [...statics, ...reexports, ...dynamics].map(({ to, at }) => ({ file, line: lineAt(at), to }));
}

const roomOf = (file: string): Room | undefined => {
  const [first, second] = file.split('/').slice(1);
  return second !== undefined && rooms.includes(first as Room) ? (first as Room) : undefined;
};

/** Sentences about every import that breaks the plan of the house; empty when all is well. */
export function checkFloors(root: string): string[] {
  const problems: string[] = [];
  const used = new Map<Room, Set<Room>>(rooms.map((room) => [room, new Set()]));
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    const from = roomOf(file);
    for (const { line, to } of importsOf(root, file)) {
      const here = `${file}:${line}`;
      let target: Room | undefined;
      if (to.startsWith('#')) {
        target = to.slice(1) as Room;
        if (!rooms.includes(target)) problems.push(`${here}: "${to}" is no room (scripts/floors.ts lists them)`);
      } else if (to.startsWith('.')) {
        const path = relative(root, resolve(root, dirname(file), to));
        target = roomOf(path);
        if (target !== undefined && target !== from) {
          problems.push(`${here}: reaches into ${path}; import "#${target}" instead`);
        }
      }
      if (from === undefined || target === undefined || target === from) continue;
      used.get(from)?.add(target);
      const sameCapabilityFloor = floors[from] === capabilityFloor && floors[target] === capabilityFloor;
      if (floors[target] >= floors[from] && !sameCapabilityFloor) {
        problems.push(`${here}: ${from} (floor ${floors[from]}) may not import ${target} (floor ${floors[target]})`);
      }
    }
  }
  return [...problems, ...circles(used)];
}

function circles(used: Map<Room, Set<Room>>): string[] {
  const found: string[] = [];
  const walk = (room: Room, way: Room[]): void => {
    if (way.includes(room)) {
      if (way[0] === room) found.push(`circle: ${[...way, room].join(' -> ')}`);
      return;
    }
    for (const next of used.get(room) ?? []) walk(next, [...way, room]);
  };
  for (const room of rooms) walk(room, []);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkFloors(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'floors: every import keeps to the plan' : `floors: ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
