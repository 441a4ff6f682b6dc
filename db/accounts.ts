/** Sellers' accounts: created at the first start and by `npx dunlin account`, never through the API. */
import { randomBytes } from 'node:crypto';
import { defaultAccountSettings, modeOf, type Account, type AccountSettings } from '../domain/rows/account';
import { defaultNumbering } from '../domain/invoice/numbering';
import { newApiKey, saveApiKey } from './api-keys';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';

export interface ApiKeys {
  test: string;
  live: string;
}

/**
 * Creates the account of the one-machine default, with its keys; safe to call at every start. If the database already has accounts, its
 * oldest account gets these keys, and no account is created.
 */
export async function ensureDefaultAccount(sql: Sql, keys: ApiKeys, now: number = epochSeconds()): Promise<string> {
  return sql.begin<string>(async (tx) => {
    await tx`lock table accounts in share row exclusive mode`;
    const [oldest] = await tx<{ id: string }[]>`select id from accounts where forecast is null order by created, id limit 1`;
    const account = oldest?.id ?? (await insertAccount(tx, { name: 'Dunlin', now }));
    await saveKeys(tx, account, keys, now);
    return account;
  });
}

/** Creates another account with a key for each mode. */
export async function createAccount(
  sql: Sql,
  of: { name: string; country?: string; currency?: string },
  now: number = epochSeconds(),
): Promise<{ account: string; keys: ApiKeys }> {
  const keys = { test: newApiKey(false), live: newApiKey(true) };
  const account = await sql.begin(async (tx) => {
    const id = await insertAccount(tx, { ...of, now });
    await saveKeys(tx, id, keys, now);
    return id;
  });
  return { account: account, keys };
}

/** For operators: every account with its valid keys, as prefix and last four. */
export async function listAccounts(sql: Sql): Promise<{ id: string; name: string; keys: string[] }[]> {
  return sql<{ id: string; name: string; keys: string[] }[]>`
    select a.id, a.name, coalesce(array_agg(k.prefix || '…' || k.last4 || coalesce('  ' || k.name, '') order by k.created, k.id)
      filter (where k.id is not null), '{}') as keys
    from accounts a left join api_keys k on k.account = a.id and k.revoked_at is null where a.forecast is null group by a.id order by a.created, a.id`;
}

export async function findAccount(sql: Sql, id: string): Promise<Account | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(a) as row from accounts a where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as Account) : null;
}

/** The account's row, locked against other writers. Take this lock after a customer's lock, never before one. */
export async function lockAccount(tx: TransactionSql, id: string): Promise<Account> {
  const [found] = await tx<{ row: Record<string, unknown> }[]>`
    select to_jsonb(a) as row from accounts a where id = ${id} for no key update`;
  if (!found) throw new Error(`there is no account ${id}`);
  return fromJson(found.row) as unknown as Account;
}

/**
 * Changes the settings of one mode. Locks the account's row, so that no concurrent change is lost.
 *
 * @param change refuses by throwing; then nothing is changed
 */
export async function changeAccountSettings(
  sql: Sql,
  { account: id, livemode }: { account: string; livemode: boolean },
  change: (settings: AccountSettings, tx: TransactionSql) => Promise<AccountSettings>,
): Promise<void> {
  const mode = modeOf({ livemode });
  await sql.begin(async (tx) => {
    const [row] = await tx<{ settings: Account['settings'] }[]>`select settings from accounts where id = ${id} for update`;
    if (!row) throw new Error(`there is no account ${id}`);
    const settings = { ...row.settings, [mode]: await change(row.settings[mode], tx) };
    await tx`update accounts set settings = ${tx.json(settings as never)} where id = ${id}`;
  });
}

async function insertAccount(tx: TransactionSql, of: { name: string; country?: string; currency?: string; now: number }): Promise<string> {
  const id = `acct_${randomBytes(12).toString('hex').slice(0, 16)}`;
  const ofMode = defaultAccountSettings(randomBytes(4).toString('hex').toUpperCase(), defaultNumbering(of.country ?? 'US'));
  const settings: Account['settings'] = { live: ofMode, test: ofMode };
  await tx`
    insert into accounts (id, created, name, country, default_currency, settings)
    values (${id}, ${of.now}, ${of.name}, ${of.country ?? 'US'}, ${of.currency ?? 'usd'}, ${tx.json(settings as never)})`;
  await tx`
    insert into payment_method_configurations (id, account, livemode, created, active, is_default, name, preferences)
    select 'pmc_' || substr(md5(${id} || mode.livemode), 1, 24), ${id}, mode.livemode, ${of.now}, true, true, 'Default', '{}'
    from (values (false), (true)) as mode (livemode)`;
  await tx`
    insert into license_signing_keys (id, account, livemode, created, active)
    select 'lsk_' || substr(md5(${id} || mode.livemode), 1, 24), ${id}, mode.livemode, ${of.now}, true
    from (values (false), (true)) as mode (livemode)`;
  await tx`select make_default_value_lists(${id}, ${of.now})`;
  return id;
}

async function saveKeys(tx: TransactionSql, account: string, keys: ApiKeys, now: number): Promise<void> {
  await saveApiKey(tx, { account, livemode: false, key: keys.test, name: 'default', now });
  await saveApiKey(tx, { account, livemode: true, key: keys.live, name: 'default', now });
}

function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
