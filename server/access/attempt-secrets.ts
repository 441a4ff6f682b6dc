import { createHash } from 'node:crypto';

/** What only one browser's login has: a hash of its token, for one use. Nobody can find the token from it, or one from another. */
export const secretOf = (token: string, use: 'challenge' | 'nonce' | 'state' | 'verifier'): string =>
  createHash('sha256').update(`${use}\n${token}`).digest('base64url');
