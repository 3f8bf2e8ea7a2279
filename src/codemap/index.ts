export { CodeIndex } from './code-index.ts';
export { compareModels } from './compare-models.ts';
export type { KeyChange, ModelComparison, NamedPlace, OverrideChange } from './comparison.ts';
export { type ClassDrawing, type DrawClassesOptions, drawClasses } from './draw/draw-classes.ts';
export { type DrawModulesOptions, drawModules } from './draw/draw-modules.ts';
export { type DrawingFormat, drawingFormats, formatOf } from './draw/formats.ts';
export { explain } from './explain.ts';
export type {
  ClassSwitch,
  Explanation,
  ExplanationStep,
  FieldRow,
  FieldUse,
  MemberRow,
  MroClass,
} from './explanation.ts';
export { moduleGraph } from './graph-modules.ts';
export { type Folding, foldings, type PictureOptions } from './layout/options.ts';
export * from './model.ts';
export type { ImportCycle, ModuleFolder, ModuleGraph, ModuleImport, ModuleNode } from './module-graph.ts';
export type { PythonPackage, ReadOptions, ReadProgress } from './options.ts';
export { readCode } from './read-code.ts';
export type { LanguageReader, LinkContext, ModelPart, SourceFile } from './reader.ts';
