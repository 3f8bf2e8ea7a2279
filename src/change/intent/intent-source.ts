import type { Device } from '#inventory';
import type { IntendedFile, Intent } from '../driver.ts';

/** Where the wanted configuration comes from. */
export type IntentSource = (
  | { readonly lines: readonly string[] }
  /** A file of lines, or with `kind: 'replace'` of a whole configuration: the same for every device. */
  | { readonly file: string }
  | {
      /** A Jinja2 template, filled in with the variables of each device. */
      readonly template: string;
      /** Go before those of the inventory. */
      readonly variables?: Readonly<Record<string, unknown>>;
    }
  /** A folder with one file a device: `r1`, `r1.cfg`, `r1.txt`. */
  | { readonly folder: string }
  /** Texts that a program made, by the name of the device, and what they are: `remediation of policy.yaml`. */
  | { readonly texts: Readonly<Record<string, string>>; readonly title: string }
) & {
  /** Default `merge`. */
  readonly kind?: Intent['kind'];
  /** On hosts: which file is meant. */
  readonly target?: IntendedFile;
};

/** An intent source, opened. */
export interface Intents {
  /** What was asked for, in one line: `merge acl.txt`. */
  readonly description: string;
  /** What is wanted of a device; undefined where the source says nothing of it. @throws `NW_TEMPLATE_INVALID`, `NW_USAGE` */
  of(device: Device): Promise<Intent | undefined>;
  /** Files that are named after none of these devices. */
  strangers?(devices: readonly Device[]): readonly string[];
}
