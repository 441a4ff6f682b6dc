/** API keys: stored as a hash, with the prefix and the last four so that people can recognize them. */
import { createHash, randomBytes } from 'node:crypto';
import type { Scope as KeyScope } from '../domain/authorization/permissions';
import type { ApiKeyRow } from '../domain/authorization/keys';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { randomId } from './ids';

export interface ApiKey {
  id: string;
  account: string;
  livemode: boolean;
  /** Null: the key may do everything. */
  scopes: readonly KeyScope[] | null;
  /** It works at `/mcp` alone. */
  agent: boolean;
}

/** Keys have 24 random letters or more, so guessing cannot reverse a plain hash. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** A key of the form that Stripe's SDKs expect. */
export const apiKeyOf = (livemode: boolean, kind: 'rk' | 'sk', secret: string): string => `${kind}_${livemode ? 'live' : 'test'}_${secret}`;

/** An unguessable key that may do everything. */
export const newApiKey = (livemode: boolean): string =>
  apiKeyOf(livemode, 'sk', randomBytes(24).toString('base64url').replace(/[-_]/g, 'x'));

const isInUse = (sql: Sql | TransactionSql) =>
  sql`k.revoked_at is null and (k.expires_at is null or k.expires_at > extract(epoch from now()))`;

/** The key with this text, unless it was revoked or has expired. */
export async function findApiKey(sql: Sql, key: string): Promise<ApiKey | null> {
  const [row] = await sql<ApiKey[]>`
    select id, account, livemode, scopes, agent from api_keys k where hash = ${hashOfKey(key)} and ${isInUse(sql)}`;
  return row ?? null;
}

/** The key with this id, unless it was revoked or has expired. */
export async function findApiKeyById(sql: Sql, id: string): Promise<ApiKey | null> {
  const [row] = await sql<ApiKey[]>`
    select id, account, livemode, scopes, agent from api_keys k where id = ${id} and ${isInUse(sql)}`;
  return row ?? null;
}

export interface NewApiKey {
  account: string;
  livemode: boolean;
  key: string;
  name: string | null;
  now: number;
  scopes?: readonly KeyScope[] | null;
  expiresAt?: number | null;
  agent?: boolean;
}

/**
 * Stores a key for an account; an existing key stays unchanged.
 *
 * @returns the new key's id, or null
 */
export async function saveApiKey(sql: Sql | TransactionSql, of: NewApiKey): Promise<string | null> {
  const prefix = /^[a-z]+_[a-z]+_/.exec(of.key)?.[0] ?? of.key.slice(0, 8);
  const [made] = await sql<{ id: string }[]>`
    insert into api_keys (id, account, livemode, prefix, last4, hash, name, created, scopes, expires_at, agent)
    values (${randomId('key')}, ${of.account}, ${of.livemode}, ${prefix}, ${of.key.slice(-4)},
      ${hashOfKey(of.key)}, ${of.name}, ${of.now}, ${of.scopes ? sql.json(of.scopes) : null}, ${of.expiresAt ?? null}, ${of.agent ?? false})
    on conflict (hash) do nothing returning id`;
  return made?.id ?? null;
}

/** Keys of an account and mode, the newest first, also those that were revoked. */
export async function listApiKeys(sql: Sql, { account, livemode }: Scope): Promise<ApiKeyRow[]> {
  return sql<
    ApiKeyRow[]
  >`select ${columns(sql)} from api_keys where account = ${account} and livemode = ${livemode} order by created desc, id`;
}

export async function findApiKeyRow(sql: Sql | TransactionSql, { account, livemode }: Scope, id: string): Promise<ApiKeyRow | null> {
  const [row] = await sql<ApiKeyRow[]>`
    select ${columns(sql)} from api_keys where id = ${id} and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

const columns = (sql: Sql | TransactionSql) =>
  sql`id, livemode, created, name, prefix, last4, scopes, last_used_at, expires_at, revoked_at, agent`;

/** A new key with the name and the scopes of another, which ends at `endsAt`. */
export async function replaceApiKey(
  sql: Sql,
  scope: Scope,
  { old, key, now, endsAt }: { old: ApiKeyRow; key: string; now: number; endsAt: number },
): Promise<string> {
  return sql.begin<string>(async (tx) => {
    await tx`update api_keys set expires_at = ${endsAt} where id = ${old.id}`;
    const id = await saveApiKey(tx, { ...scope, key, name: old.name, scopes: old.scopes, expiresAt: old.expiresAt, agent: old.agent, now });
    if (id === null) throw new Error('the new key is there already');
    return id;
  });
}

export async function revokeApiKeyById(sql: Sql, id: string, now: number): Promise<void> {
  await sql`update api_keys set revoked_at = ${now} where id = ${id} and revoked_at is null`;
}

/** Records that a key was used, once in a minute. */
export async function markKeyUsed(sql: Sql, id: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  await sql`update api_keys set last_used_at = ${now} where id = ${id} and (last_used_at is null or last_used_at < ${now - 60})`;
}

/** Revokes a key; servers that have cached it notice within half a minute. */
export async function revokeApiKey(sql: Sql, of: { account: string; last4: string; now: number }): Promise<number> {
  const revoked = await sql`
    update api_keys set revoked_at = ${of.now} where account = ${of.account} and last4 = ${of.last4} and revoked_at is null`;
  return revoked.count;
}
