import { type SecretRule, secretBlock } from '../platform.ts';

/** The lines of a private key in PEM (RFC 7468), between the two that name it. A key on one line ends there and begins no block. */
export const privateKeyBlock: SecretRule = secretBlock(
  'PRIVATE KEY-----',
  /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----(?!.*-----END )/,
  /-----END [A-Z0-9 ]{0,30}PRIVATE KEY-----/,
);
