import { NetwrightError } from '#core';

/** How a command line is asked for JSON, by platform id. */
const jsonSuffixes: Readonly<Record<string, string>> = {
  arista_eos: ' | json',
  cisco_nxos: ' | json',
  frr: ' json',
  juniper_junos: ' | display json',
};

/** And for XML. */
const xmlSuffixes: Readonly<Record<string, string>> = {
  cisco_nxos: ' | xml',
  juniper_junos: ' | display xml',
};

const suffixed = (
  suffixes: Readonly<Record<string, string>>,
  what: string,
  platform: string,
  command: string,
): string => {
  const suffix = suffixes[platform];
  if (suffix !== undefined) return command + suffix;
  throw new NetwrightError('NW_NOT_SUPPORTED', `${platform}: the command line answers no command in ${what}`);
};

/** @throws NetwrightError `NW_NOT_SUPPORTED` where the command line has no JSON. */
export const jsonCommand = (platform: string, command: string): string =>
  suffixed(jsonSuffixes, 'JSON', platform, command);

/** @throws NetwrightError `NW_NOT_SUPPORTED` where the command line has no XML. */
export const xmlCommand = (platform: string, command: string): string =>
  suffixed(xmlSuffixes, 'XML', platform, command);

/**
 * The JSON in an answer; no text at all is `{}`, as NX-OS answers for an empty table.
 * @throws NetwrightError `NW_FACTS_INVALID` for prose and for JSON that was cut off.
 */
export function readJson(device: string, command: string, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  try {
    return JSON.parse(trimmed) as unknown;
  } catch (cause) {
    const [line = ''] = trimmed.split('\n', 1);
    throw new NetwrightError(
      'NW_FACTS_INVALID',
      `${device}: "${command}": expected JSON, got ${trimmed.length} characters from "${line.slice(0, 80)}"`,
      { cause },
    );
  }
}
