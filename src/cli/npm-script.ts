import { dirname } from 'node:path';

export interface NpmScript {
  /** Where our package.json is, when one of our own scripts runs this; else undefined. */
  readonly packageFolder: string | undefined;
  /** The folder in which the user typed it: npm goes to the folder of the package before it runs a script. */
  readonly typedIn: string | undefined;
}

/** How `npm start` and `npm run netwright` of a clone began this process; a script of another package is none of ours. */
export function npmScript(env: Readonly<Record<string, string | undefined>>): NpmScript {
  const file = env['npm_package_json'];
  const isOurs = env['npm_package_name'] === 'netwright' && file !== undefined && env['npm_lifecycle_event'] !== 'npx';
  if (!isOurs) return { packageFolder: undefined, typedIn: undefined };
  return { packageFolder: dirname(file), typedIn: env['INIT_CWD'] || undefined };
}
