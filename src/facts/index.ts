export type { Ask, AskOptions, FactWarning, XmlQuestion } from './ask.ts';
export { defineFacts, type FactsDriver, type ReadFacts } from './define-facts.ts';
export {
  type ArgsOf,
  type FactsOf,
  type Getter,
  type GetterName,
  getterNamed,
  getterNames,
  getters,
} from './getters.ts';
export { type Answer, readFacts } from './read-facts.ts';
export type { AskedCommand } from './recording-ask.ts';
export { SessionSource } from './sources/session-source.ts';
export type { FactSource, SourceOptions } from './sources/source.ts';
