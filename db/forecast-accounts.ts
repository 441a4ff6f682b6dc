/**
 * The accounts in which copies live. Nobody has keys of them, so nothing of a copy reaches the seller's webhooks, figures, ledger or numbers. Each is
 * removed with all of its rows.
 */
import { createHash } from 'node:crypto';
import { settingsOfCopies } from '../domain/forecast/settings';
import { settingsOf } from '../domain/rows/account';
import type { Scope } from '../domain/core/steps';
import type { Forecast, ForecastChanges, ForecastVersion, PriceReplacement } from '../domain/rows/forecast';
import { wholeAmount } from '../domain/rows/price';
import { findAccount } from './accounts';
import type { Sql, TransactionSql } from './connect';

/** The copies of one batch in one version. */
export interface CopiesOf {
  forecast: string;
  batch: number;
  version: ForecastVersion;
}

const hashOf = ({ forecast, batch, version }: CopiesOf): string =>
  createHash('sha256')
    .update(`${forecast}/${String(batch)}/${version}`)
    .digest('hex');

/** The account of the copies: a function of what they are, so that a repetition finds it. */
export const accountOfCopies = (of: CopiesOf): Scope => ({ account: `acct_${hashOf(of).slice(0, 16)}`, livemode: false });
export const clockOfCopies = (of: CopiesOf): string => `clock_${hashOf(of).slice(0, 24)}`;

/** Makes the account, with the seller's settings, its recovery programs and its ways to pay. */
export async function makeAccount(sql: Sql, of: CopiesOf, { account, livemode, changes }: Forecast): Promise<void> {
  const seller = await findAccount(sql, account);
  if (!seller) throw new Error(`there is no account ${account}`);
  const settings = settingsOfCopies(settingsOf(seller, { livemode }), of.version === 'changed' ? (changes?.settings ?? null) : null);
  const { account: id } = accountOfCopies(of);
  await sql.begin(async (tx) => {
    const made = await tx`
      insert into accounts (id, created, name, country, default_currency, settings, forecast)
      values (${id}, extract(epoch from now())::bigint, 'Forecast', ${seller.country}, ${seller.defaultCurrency},
        ${tx.json({ live: settings, test: settings } as never)}, ${of.forecast})
      on conflict (id) do nothing`;
    if (made.count === 0) return;
    for (const table of ['recovery_programs', 'payment_method_configurations']) await copySettings(tx, table, { account, livemode }, id);
  });
}

async function copySettings(tx: TransactionSql, table: string, { account, livemode }: Scope, to: string): Promise<void> {
  await tx`
    insert into ${tx(table)} overriding user value
    select (jsonb_populate_record(null::${tx(table)}, to_jsonb(t) || jsonb_build_object(
      'id', split_part(t.id, '_', 1) || '_' || substr(md5(t.id || ${to}), 1, 24), 'account', ${to}::text, 'livemode', false))).*
    from ${tx(table)} t where t.account = ${account} and t.livemode = ${livemode} and t.active`;
}

/** Makes the changes that a forecast is about, in the copied catalog. A price keeps its id, so that all that names it costs the other amount. */
export async function applyChanges(sql: Sql, to: Scope, forecast: Forecast, taxRateId: (id: string) => string): Promise<void> {
  const { changes, edges } = forecast;
  if (changes === null) return;
  for (const price of changes.prices) await replacePrice(sql, to, forecast, price);
  for (const { tax_rate: rate, percentage } of changes.tax_rates) {
    await sql`
      update tax_rates set percentage = ${percentage} where id = ${taxRateId(rate)} and account = ${to.account} and livemode = ${to.livemode}`;
  }
  const [since = 0] = edges;
  for (const registration of changes.tax_registrations) await register(sql, to, registration, since);
}

async function replacePrice(
  sql: Sql,
  to: Scope,
  { account, livemode }: Scope,
  { from, to: other, unit_amount_decimal: amount }: PriceReplacement,
): Promise<void> {
  if (other === null) {
    await sql`
      update prices set unit_amount = ${wholeAmount(amount)}, unit_amount_decimal = ${amount}, currency_options = '{}'
      where id = ${from} and account = ${to.account} and livemode = ${to.livemode}`;
    return;
  }
  await sql`
    update prices p set billing_scheme = o.billing_scheme, currency_options = o.currency_options, tax_behavior = o.tax_behavior, tiers = o.tiers,
      tiers_mode = o.tiers_mode, transform_quantity = o.transform_quantity, unit_amount = o.unit_amount, unit_amount_decimal = o.unit_amount_decimal
    from prices o where p.id = ${from} and p.account = ${to.account} and p.livemode = ${to.livemode}
      and o.id = ${other} and o.account = ${account} and o.livemode = ${livemode}`;
}

async function register(sql: Sql, to: Scope, of: ForecastChanges['tax_registrations'][number], since: number): Promise<void> {
  const { country, scheme, state, type } = of;
  const hash = createHash('sha256')
    .update(`${to.account}/${country}/${state ?? ''}/${type}`)
    .digest('hex');
  await sql`
    insert into tax_registrations (id, account, livemode, created, country, state, type, scheme, active_from, expires_at)
    values (${`taxreg_${hash.slice(0, 24)}`}, ${to.account}, ${to.livemode}, ${since}, ${country}, ${state}, ${type}, ${scheme}, ${since}, null)
    on conflict (id) do nothing`;
}

/** The copies of a forecast that are still there. */
export async function accountsOfForecast(sql: Sql, forecast: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from accounts where forecast = ${forecast} order by id`;
  return rows.map(({ id }) => id);
}

export async function workflowsOfAccount(sql: Sql, account: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from workflows where account = ${account} and ended_at is null
    union all select 'test-clock/' || id from test_clocks where account = ${account}`;
  return rows.map(({ id }) => id);
}

/**
 * Removes an account of copies with everything in it: table by table, those first that no other row references, each in a statement of its own.
 * Repeated, it removes what is left.
 */
export async function removeAccount(sql: Sql, account: string): Promise<void> {
  const [isCopy] = await sql`select 1 from accounts where id = ${account} and forecast is not null`;
  if (!isCopy) return;
  for (const { name, where } of WITHOUT_ACCOUNT) await sql.unsafe(`delete from ${name} where ${where}`, [account]);
  for (const tables of await inOrder(sql)) {
    const parts = tables.map((name) => `gone_${name} as (delete from ${name} where account = $1)`);
    await sql.unsafe(`with ${parts.join(', ')} select 1`, [account]);
  }
  await sql`delete from accounts where id = ${account}`;
}

/** Tables whose rows belong to an account by others. */
const WITHOUT_ACCOUNT: readonly { name: string; where: string }[] = [
  { name: 'ledger_entries', where: 'transaction in (select id from ledger_transactions where account = $1)' },
  ...['meter_events', 'meter_rollups', 'meter_uniques'].map((name) => ({
    name,
    where: 'series in (select id from meter_series where account = $1)',
  })),
];

/** The tables of an account, so that each comes after those that reference it. Tables that reference each other are together, and last. */
async function inOrder(sql: Sql): Promise<string[][]> {
  const tables = await sql<{ name: string; references: string[] }[]>`
    select c.relname as name, array(
      select r.relname from pg_constraint f join pg_class r on r.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as references
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const order: string[][] = [];
  for (let left = [...tables]; left.length > 0;) {
    const isFree = ({ name }: { name: string }): boolean => left.every((other) => !other.references.includes(name));
    const free = left.filter(isFree);
    order.push(...(free.length > 0 ? free.map(({ name }) => [name]) : [left.map(({ name }) => name)]));
    left = free.length > 0 ? left.filter((table) => !isFree(table)) : [];
  }
  return order;
}
