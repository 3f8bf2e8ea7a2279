import { applySecrets, type Platform } from '#platforms';

/** A configuration with `<removed>` where the platform's rules find a secret. */
export const withoutSecrets = (configuration: string, platform: Platform): string =>
  applySecrets(configuration, platform.backup.secrets, () => '<removed>');
