export { configDialects as dialectNames } from '#core';
export { type BoundedPattern, boundedPattern } from './bounded-pattern.ts';
export { type Caution, cautionsOf } from './config/cautions.ts';
export type { ConfigNode, ConfigTree, DialectName } from './config/config-tree.ts';
export type { Dialect } from './config/dialect.ts';
export { dialectOf } from './config/dialects/index.ts';
export { type ConfigChange, type ConfigDiff, diffConfig, sameConfig } from './config/diff-config.ts';
export { mergeConfig, remediate } from './config/merge-config.ts';
export { parseConfig, renderConfig } from './config/parse-config.ts';
export { renderDiff } from './config/render-diff.ts';
export { fromSetLines, toSetLines } from './config/set-lines.ts';
export { type CompileOptions, compileTemplate } from './textfsm/compile-template.ts';
export {
  type LongParseOptions,
  type ParseOptions,
  parseLongText,
  parseRows,
  parseText,
  recordsOf,
  type TemplateRecord,
} from './textfsm/parse-text.ts';
export type { Cell, ListEntry, Row } from './textfsm/record-row.ts';
export { keysOf, type Template, type TemplateRule, type TemplateValue, type ValueOption } from './textfsm/template.ts';
export {
  type CheckedTemplate,
  openTemplates,
  type ParsedOutput,
  readTemplate,
  type TemplateCollection,
} from './textfsm/template-collection.ts';
export { type Attributes, findRow, type IndexRow, parseIndex, type TemplateIndex } from './textfsm/template-index.ts';
export type { TraceStep } from './textfsm/template-run.ts';
export { cellText, TextTable } from './textfsm/text-table.ts';
