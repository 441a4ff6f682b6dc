/**
 * Tokens of meter event sessions. For a quarter of an hour a token represents the key that requested it, as long as that key is valid; it
 * opens the event stream and nothing else. Tokens are signed, so any server can verify one without Postgres.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { isOneOf, type TokenSecrets } from '../../db/ids';

export const SESSION_SECONDS = 900;
const PREFIX = 'mes_';

/** @param expiresAt epoch seconds */
export function sessionToken([secret]: TokenSecrets, keyId: string, expiresAt: number): string {
  const nonce = randomBytes(9).toString('base64url');
  const said = Buffer.from(JSON.stringify([keyId, expiresAt, nonce])).toString('base64url');
  return `${PREFIX}${said}.${signature(secret, said)}`;
}

/** The id of the token's key; `expired` after its time; null for a text that is not a token of this Dunlin. */
export function readSessionToken(secrets: TokenSecrets, token: string, now: number): { keyId: string } | 'expired' | null {
  const [said = '', signed = ''] = token.startsWith(PREFIX) ? token.slice(PREFIX.length).split('.') : [];
  if (!isOneOf(secrets, signed, (secret) => signature(secret, said))) return null;
  const [keyId, expiresAt] = JSON.parse(Buffer.from(said, 'base64url').toString('utf8')) as [string, number];
  return now < expiresAt ? { keyId } : 'expired';
}

const signature = (secret: string, said: string): string =>
  createHmac('sha256', secret).update(`meter event session ${said}`).digest('base64url');
