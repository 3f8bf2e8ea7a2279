import { FlatEditor } from './editor-flat.ts';
import { FortiEditor } from './editor-forti.ts';
import { LinesEditor } from './editor-lines.ts';
import { MdEditor } from './editor-md.ts';
import { RouterosEditor } from './editor-routeros.ts';
import { SetEditor } from './editor-set.ts';
import { FilesEditor } from './files-text.ts';
import type { EditStyle } from './persona.ts';

/** Takes configuration lines as one system takes them and keeps the text that results. */
export interface Editor {
  readonly text: string;
  /** Sections entered, outermost first, as typed. */
  readonly path: readonly string[];
  /** What the prompt shows of the innermost section. */
  readonly section: string;
  /** A block that has to end before what was typed in it is in force. */
  readonly isUnfinished?: boolean;
  /** @returns false for a line that the system does not know. */
  type(line: string): boolean;
  up(): boolean;
  top(): void;
  /** Goes back into the sections of a path that an editor of this kind gave. */
  enter(path: readonly string[]): void;
}

/** `order` is a text in whose order lines that are put back stand. */
export function createEditor(style: EditStyle, text: string, order?: string): Editor {
  if (style.style === 'set') return new SetEditor(style, text, order);
  if (style.style === 'md') return new MdEditor(style, text, order);
  if (style.style === 'forti') return new FortiEditor(style, text);
  if (style.style === 'routeros') return new RouterosEditor(text);
  if (style.style === 'flat') return new FlatEditor(style, text);
  if (style.style === 'files') return new FilesEditor(text);
  return new LinesEditor(style, text, order);
}
