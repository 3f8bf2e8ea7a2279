export type { Ask, AskOptions, FactWarning, XmlQuestion } from './ask.ts';
