/**
 * `npm run gen` writes every generated file; `--check` compares instead and fails when one is stale.
 * A generator returns paths below the repository and their whole contents.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyJsonSchema } from '../src/change/index.ts';
import { generateInventorySchema } from '../src/inventory/index.ts';
import { settingsJsonSchema } from '../src/workspace/index.ts';
import { cliPage } from './gen-cli.ts';
import { codemapPage, internetPages } from './gen-codemap-page.ts';
import { errorsPage } from './gen-errors.ts';
import { generatePlatforms } from './gen-platforms.ts';

export type Generated = ReadonlyMap<string, string>;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const generated: Generated[] = [
  new Map([
    ['docs/errors.md', errorsPage()],
    ['docs/cli.md', cliPage()],
    ['docs/schema/inventory.json', generateInventorySchema()],
    ['docs/schema/policy.json', `${JSON.stringify(policyJsonSchema(), null, 2)}\n`],
    ['docs/schema/settings.json', `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`],
  ]),
  await generatePlatforms(root),
  codemapPage(root),
  internetPages(root),
];

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, content] of generated.flatMap((files) => [...files])) {
  const file = resolve(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  stale += 1;
  console.log(`${check ? 'stale' : 'wrote'} ${path}`);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
if (check && stale > 0) {
  console.error('run `npm run gen` and commit what it writes');
  process.exitCode = 1;
}
