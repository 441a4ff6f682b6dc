/**
 * Secrets that an answer shows once: keys, links. A repeated request must get the same one, and yet it is kept nowhere. So it is made from what only the caller has
 * (an API key, the cookie of a session), of which Dunlin keeps a hash, and from a salt. The stored answer has the salt in the place of the secret.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { BillingError } from '../../domain/core/errors';

export type SecretOf = (salt: string) => string;

/** Letters and digits, as keys have them: more than 180 bits. */
const LENGTH = 32;

/** @param credential what the caller proves to be the caller with */
export const secretsBy =
  (credential: string): SecretOf =>
  (salt) =>
    createHmac('sha256', credential).update(`new secret\n${salt}`).digest('base64url').replace(/[-_]/g, 'x').slice(0, LENGTH);

export interface NewSecret {
  value: string;
  /** The answer as it is stored. */
  seal: (text: string) => string;
}

export function newSecret(secretOf: SecretOf): NewSecret {
  const salt = randomBytes(16).toString('hex');
  const value = secretOf(salt);
  return { value, seal: (text) => text.replaceAll(value, `{sealed ${salt} ${printOf(value)}}`) };
}

/**
 * The answer as it was given.
 *
 * @throws BillingError idempotency_mismatch if another caller asks
 */
export function unseal(text: string, secretOf: SecretOf): string {
  return text.replaceAll(/\{sealed (\w+) (\w+)\}/g, (_sealed, salt: string, print: string) => {
    const value = secretOf(salt);
    if (printOf(value) === print) return value;
    throw new BillingError('idempotency_mismatch', ANOTHER_CALLER);
  });
}

/** Tells whether a secret is the same, and nothing else about it. */
const printOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const ANOTHER_CALLER =
  'Another API key, or another session, has made the first request with this Idempotency-Key. Only that one can see the secret of its answer again.';
