export { incompleteness } from './completeness.ts';
export { createPlatformRegistry, type PlatformRegistryOptions } from './create-registry.ts';
export { platformFileSchema } from './file/platform-shape.ts';
export { genericSecrets } from './generic-secrets.ts';
export {
  type BackupCommand,
  type Completeness,
  type Detection,
  definePlatform,
  type Exchange,
  type LineRule,
  line,
  type Mode,
  type Platform,
  type SecretRule,
  type Step,
  secret,
  secretBlock,
  secretWithin,
  type Transaction,
} from './platform.ts';
export { quotedAnswer, quotedEnd, quotedLines, withoutCutEnd } from './quoted-text.ts';
export type { PlatformRegistry } from './registry.ts';
export { applySecrets, dropLines, findSecrets } from './text-rules.ts';
