import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type Document, parseDocument, YAMLSeq } from 'yaml';
import { NetwrightError } from '#core';
import { settingKeys } from './settings-schema.ts';

/**
 * Adds an entry to a setting that is a list, in the settings file itself; the rest of the file, comments included,
 * stays as it is. Resolves with false when it is there already.
 * @throws NetwrightError `NW_CONFIG_INVALID` when the file cannot be read as settings, `NW_STORE_FAILED`.
 */
export async function addToSetting(file: string, key: string, entry: string): Promise<boolean> {
  const setting = settingKeys.find(({ name }) => name === key);
  if (setting === undefined) throw new NetwrightError('NW_CONFIG_INVALID', `there is no setting "${key}"`);
  const document: Document = parseDocument(await readFile(file, 'utf8'));
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new NetwrightError('NW_CONFIG_INVALID', `${file}: ${mistake.message}`);
  if (document.contents === null) document.contents = document.createNode({});
  const list: unknown = document.getIn(setting.path, true);
  if (list instanceof YAMLSeq) {
    if ((list.toJSON() as unknown[]).includes(entry)) return false;
    list.add(document.createNode(entry));
  } else document.setIn(setting.path, document.createNode([entry]));
  await replace(file, document.toString({ lineWidth: 0 }));
  return true;
}

/** There is the old or the new file, never a part; its rights stay. */
async function replace(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const { mode } = await stat(file);
    await writeFile(temporary, text, { mode, flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    throw new NetwrightError('NW_STORE_FAILED', `${file}: cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}
