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
