import type { Picture } from '../../layout/picture.ts';

/** What the page of an import graph knows. Files are indexes into {@link ModulePageData.files}. */
export interface ModulePageData {
  readonly picture: Picture;
  readonly files: readonly string[];
  readonly folders: readonly { readonly path: string; readonly layer: number; readonly modules: readonly number[] }[];
  /** Flags: 1 only for types or inside functions, 2 part of a circle. */
  readonly imports: readonly (readonly [from: number, to: number, flags: number, line: number])[];
  readonly top: string;
  readonly link: string;
}
