import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What pyreverse says of a package; names are dotted. */
export interface PyreverseView {
  readonly modules: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  /** `module > imported` */
  readonly imports: ReadonlySet<string>;
  /** `child > parent` */
  readonly inheritance: ReadonlySet<string>;
  /** `owner.field: class` */
  readonly fields: ReadonlySet<string>;
}

/** Debian's Python and pyreverse look for packages here. */
export const distPackages = '/usr/lib/python3/dist-packages';

export function runPyreverse(program: string, name: string): PyreverseView {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-pyreverse-'));
  try {
    execFileSync(program, ['-o', 'puml', '-p', 'peer', name], {
      cwd: folder,
      stdio: 'ignore',
      env: { PATH: '/usr/bin:/bin', PYTHONPATH: distPackages },
    });
    const classes = readFileSync(join(folder, 'classes_peer.puml'), 'utf8');
    const packages = readFileSync(join(folder, 'packages_peer.puml'), 'utf8');
    const all = (text: string, pattern: RegExp, to: (match: RegExpExecArray) => string) =>
      new Set([...text.matchAll(pattern)].map(to));
    return {
      modules: all(packages, /^package ".*?" as (\S+)/gm, ([, id]) => id!),
      imports: all(packages, /^(\S+) --> (\S+)/gm, ([, from, to]) => `${from} > ${to}`),
      classes: all(classes, /^(?:abstract )?class ".*?" as (\S+)/gm, ([, id]) => id!),
      inheritance: all(classes, /^(\S+) --\|> (\S+)/gm, ([, child, parent]) => `${child} > ${parent}`),
      fields: all(classes, /^(\S+) --[*o] (\S+) : (\S+)/gm, ([, of, owner, field]) => `${owner}.${field}: ${of}`),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
