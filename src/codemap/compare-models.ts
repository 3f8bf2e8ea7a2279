import { NetwrightError } from '#core';
import type { ModelComparison } from './comparison.ts';
import type { CodeModel } from './model.ts';

/** What is added, removed, moved or otherwise made in `after`, seen from `before`: classes, factory keys, overrides. */
export function compareModels(before: CodeModel, after: CodeModel): ModelComparison {
  throw new NetwrightError('NW_NOT_SUPPORTED', `cannot compare ${before.name} with ${after.name} yet`);
}
