/** API keys: stored as a hash, with the prefix and the last four so that people can recognize them. */
import { createHash, randomBytes } from 'node:crypto';
import type { Scope as KeyScope } from '../domain/authorization/permissions';
import type { Sql, TransactionSql } from './connect';

export interface ApiKey {
  id: string;
  account: string;
  livemode: boolean;
  /** Null: the key may do everything. */
  scopes: readonly KeyScope[] | null;
}

/** Keys have 24 random letters or more, so guessing cannot reverse a plain hash. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** An unguessable key of the form that Stripe's SDKs expect. */
export function newApiKey(livemode: boolean): string {
  return `sk_${livemode ? 'live' : 'test'}_${randomBytes(24).toString('base64url').replace(/[-_]/g, 'x')}`;
}

/** The key with this text, unless it was revoked. */
export async function findApiKey(sql: Sql, key: string): Promise<ApiKey | null> {
  const [row] = await sql<ApiKey[]>`
    select id, account, livemode, scopes from api_keys where hash = ${hashOfKey(key)} and revoked_at is null`;
  return row ?? null;
}

/** The key with this id, unless it was revoked. */
export async function findApiKeyById(sql: Sql, id: string): Promise<ApiKey | null> {
  const [row] = await sql<ApiKey[]>`
    select id, account, livemode, scopes from api_keys where id = ${id} and revoked_at is null`;
  return row ?? null;
}

/** Stores a key for an account; an existing key stays unchanged. */
export async function saveApiKey(
  sql: Sql | TransactionSql,
  of: { account: string; livemode: boolean; key: string; name: string | null; now: number; scopes?: readonly KeyScope[] | null },
): Promise<void> {
  const prefix = /^[a-z]+_[a-z]+_/.exec(of.key)?.[0] ?? of.key.slice(0, 8);
  await sql`
    insert into api_keys (id, account, livemode, prefix, last4, hash, name, created, scopes)
    values (${`key_${randomBytes(12).toString('hex')}`}, ${of.account}, ${of.livemode}, ${prefix}, ${of.key.slice(-4)},
      ${hashOfKey(of.key)}, ${of.name}, ${of.now}, ${of.scopes ? sql.json(of.scopes) : null})
    on conflict (hash) do nothing`;
}

/** Revokes a key; servers that have cached it notice within half a minute. */
export async function revokeApiKey(sql: Sql, of: { account: string; last4: string; now: number }): Promise<number> {
  const revoked = await sql`
    update api_keys set revoked_at = ${of.now} where account = ${of.account} and last4 = ${of.last4} and revoked_at is null`;
  return revoked.count;
}
