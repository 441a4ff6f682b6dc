import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Lengths of Stripe's ids after the prefix; 24 if not listed. */
const LENGTHS: Record<string, number> = { cus: 14, prod: 14, si: 14, acct: 16, coupon: 8, we: 24 };

export type IdSource = (prefix: string, ordinal: number) => string;

/**
 * Ids as a function of the commit key: a commit that is repeated after a crash makes the same rows, so primary keys prevent duplicates. Keyed
 * with the installation's secret, so that outsiders cannot compute them.
 */
export function idSource(secret: string, workflow: string, commitKey: string): IdSource {
  return (prefix, ordinal) => {
    const text = base62(digest(secret, `${workflow}\n${commitKey}\n${prefix}\n${String(ordinal)}`), LENGTHS[prefix] ?? 24);
    return prefix === 'coupon' ? text : `${prefix}_${text}`;
  };
}

/** The id of what no commit makes. */
export const randomId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** The secret part of a client secret: bound to the id, unguessable without the installation's secret. */
export function secretSource(secret: string): (id: string) => string {
  return (id) => `${id}_secret_${base62(digest(secret, `client_secret\n${id}`), 25)}`;
}

/** Keys of links and tokens that give access. The first makes them; the others are accepted, so that one can replace another. */
export type TokenSecrets = readonly [string, ...string[]];

/** @param given those of the environment; empty: the installation's secret is the only one */
export function tokenSecretsOf(secret: string, given: readonly string[]): TokenSecrets {
  const [first = secret, ...others] = given;
  return [first, ...others];
}

/** The token of a document's public link: the object's id, and a part that is unguessable without the secret. */
export function documentTokens([secret]: TokenSecrets): (id: string) => string {
  return (id) => documentToken(secret, id);
}

const DOCUMENT_KEY = 32;

const documentToken = (secret: string, id: string): string => `${id}_${base62(digest(secret, `document\n${id}`), DOCUMENT_KEY)}`;

/** The id of a document's token; null if this installation did not make it. Takes the same time for every wrong token. */
export function idOfDocumentToken(secrets: TokenSecrets, token: string): string | null {
  const id = token.slice(0, -DOCUMENT_KEY - 1);
  return isOneOf(secrets, token, (secret) => documentToken(secret, id)) ? id : null;
}

/** Whether a text is what one of the secrets makes. Takes the same time for every wrong text. */
export function isOneOf(secrets: TokenSecrets, text: string, make: (secret: string) => string): boolean {
  const given = Buffer.from(text);
  const matches = secrets.map((secret) => {
    const expected = Buffer.from(make(secret));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return matches.includes(true);
}

/** What stays of a word of a person who is erased: it tells the same word again, and nobody reads it without the installation's secret. */
export const hiddenWord = (secret: string, word: string): string => `hidden_${base62(digest(secret, `word\n${word}`), 40)}`;

/** The API's id of a workflow's hold. */
export const heldId = (workflow: string): string => `held_${base62(createHash('sha512').update(workflow).digest(), 24)}`;

function digest(secret: string, text: string): Buffer {
  return createHmac('sha512', secret).update(text).digest();
}

/** Bytes as letters and digits; the slight bias of the remainder does not matter for 140 bits. */
function base62(bytes: Buffer, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += ALPHABET[(bytes[index] ?? 0) % 62] ?? '';
  return text;
}
