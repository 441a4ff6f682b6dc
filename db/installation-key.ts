/**
 * The installation's key: ids, client secrets, card fingerprints, license keys and kept answers follow from it, so it never changes. Postgres keeps it, sealed
 * with DUNLIN_SECRET, which may change: the key is sealed anew, and stays the same.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Sql } from './connect';
import { open, seal } from './customer-keys';
import { tokenSecretsOf, type TokenSecrets } from './ids';

interface KeptKey {
  key: string;
  /** Null: the key is not sealed. */
  sealedWith: string | null;
}

/** The installation's key, which is made once, and the secrets of its links. */
interface Secrets {
  secret: string;
  tokenSecrets: TokenSecrets;
}

/** @throws Error if none of the secrets opens the key */
export async function secretsOf(
  sql: Sql,
  { secrets, tokenSecrets }: { secrets: readonly string[]; tokenSecrets: readonly string[] },
): Promise<Secrets> {
  const secret = await installationKey(sql, secrets);
  return { secret, tokenSecrets: tokenSecretsOf(secret, tokenSecrets.length > 0 ? tokenSecrets : secrets) };
}

/** @throws Error if none of the secrets opens the key */
export async function installationKey(sql: Sql, secrets: readonly string[]): Promise<string> {
  const made = sealedKey(randomBytes(KEY_BYTES).toString('base64url'), secrets);
  await sql`insert into instance (key, sealed_with) values (${made.key}, ${made.sealedWith}) on conflict do nothing`;
  const [kept] = await sql<KeptKey[]>`select key, sealed_with from instance`;
  if (!kept) throw new Error('the installation has no key');
  return openKey(kept, secrets);
}

/**
 * Seals the key with the first secret, whichever has sealed it before. False: the first has sealed it already.
 *
 * @throws Error if none of the secrets opens the key, or there is no key yet
 */
export async function resealKey(sql: Sql, secrets: readonly string[]): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [kept] = await tx<KeptKey[]>`select key, sealed_with from instance for update`;
    if (!kept) throw new Error('the installation has no key yet: it is made by the first start');
    const key = openKey(kept, secrets);
    const [first] = secrets;
    if (first === undefined || kept.sealedWith === nameOf(first)) return false;
    const sealed = sealedKey(key, secrets);
    await tx`update instance set key = ${sealed.key}, sealed_with = ${sealed.sealedWith}`;
    return true;
  });
}

/** Whether the key is sealed, and with which of the secrets: `index` counts from 0, and is null if none of them has sealed it. */
export type KeySeal = { state: 'none' } | { state: 'unsealed' } | { state: 'sealed'; index: number | null };

export async function keySeal(sql: Sql, secrets: readonly string[]): Promise<KeySeal> {
  const [kept] = await sql<KeptKey[]>`select key, sealed_with from instance`;
  if (!kept) return { state: 'none' };
  if (kept.sealedWith === null) return { state: 'unsealed' };
  const index = secrets.findIndex((secret) => nameOf(secret) === kept.sealedWith);
  return { state: 'sealed', index: index === -1 ? null : index };
}

const KEY_BYTES = 32;
const OF = 'installation key';

function sealedKey(key: string, [first]: readonly string[]): KeptKey {
  if (first === undefined) return { key, sealedWith: null };
  return { key: seal(sealingKey(first), OF, Buffer.from(key)).toString('base64url'), sealedWith: nameOf(first) };
}

function openKey({ key, sealedWith }: KeptKey, secrets: readonly string[]): string {
  if (sealedWith === null) return key;
  const secret = secrets.find((each) => nameOf(each) === sealedWith);
  if (secret === undefined) throw new Error(CLOSED);
  return open(sealingKey(secret), OF, Buffer.from(key, 'base64url')).toString();
}

const CLOSED =
  'the key of this installation is sealed with a DUNLIN_SECRET that is not set here: set that one, if need be after the new one';

const sealingKey = (secret: string): Buffer => createHmac('sha256', secret).update('seal').digest();

/** Tells which secret it is, and nothing about it. */
const nameOf = (secret: string): string => createHmac('sha256', secret).update('name').digest('hex').slice(0, 16);
