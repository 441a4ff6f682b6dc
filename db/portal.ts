/** The facts of the customer portal: sessions by their address, and what a session's customer has. */
import type { PortalConfiguration, PortalLogin, PortalSession } from '../domain/rows/portal';
import type { Rows } from '../domain/rows/rows';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import type { Filter } from './lists';
import { byKey, byKeys, loadMatching } from './matching';

/** A session by its id, for its page. The caller compares the address. */
export async function findPortalSession(sql: Sql, id: string): Promise<PortalSession | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from portal_sessions t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as PortalSession) : null;
}

/** A visit keeps the session alive. An expired one stays expired, and nothing is written for visits that follow each other closely. */
export async function keepPortalSession(sql: Sql, id: string, { now, until }: { now: number; until: number }): Promise<void> {
  await sql`update portal_sessions set expires_at = ${until} where id = ${id} and expires_at > ${now} and expires_at < ${until - 60}`;
}

export interface PortalFacts {
  /** Null: the default one. */
  configuration: string | null;
  /** Which subscriptions are loaded, with their items and prices, and the prices that the configuration offers. Null: none. */
  subscriptions: Filter | null;
}

export async function loadPortalFacts(
  sql: Sql | TransactionSql,
  scope: Scope,
  { configuration, subscriptions }: PortalFacts,
): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    configuration === null
      ? { kind: 'portalConfiguration', filters: [{ column: 'isDefault', equals: true }] }
      : byKey('portalConfiguration', configuration),
    ...(subscriptions === null ? [] : [{ kind: 'subscription' as const, filters: [subscriptions] }]),
  ]);
  const found = rows.all('subscription').map(({ id }) => id);
  if (found.length === 0) return rows;
  const schedules = rows.all('subscription').flatMap(({ schedule }) => schedule ?? []);
  rows.putAll(
    await loadMatching(sql, scope, [
      { kind: 'subscriptionItem', filters: [{ column: 'subscription', among: found }] },
      byKeys('subscriptionSchedule', schedules),
    ]),
  );
  const offered = rows
    .all('portalConfiguration')
    .flatMap(({ features }) => features.subscription_update.products.flatMap(({ prices }) => prices));
  const planned = rows.all('subscriptionSchedule').flatMap(({ phases }) => phases.flatMap(({ items }) => items.map(({ price }) => price)));
  const prices = [...rows.all('subscriptionItem').map(({ price }) => price), ...offered, ...planned];
  rows.putAll(await loadMatching(sql, scope, [byKeys('price', prices)]));
  rows.putAll(
    await loadMatching(sql, scope, [
      byKeys(
        'product',
        rows.all('price').map(({ product }) => product),
      ),
    ]),
  );
  return rows;
}

/** What a flow may offer to a customer who cancels, and what was answered to earlier offers. */
export async function loadRetentionFacts(
  sql: Sql | TransactionSql,
  scope: Scope,
  { customer, coupon, discounts }: { customer: string; coupon: string; discounts: readonly string[] },
): Promise<Rows> {
  return loadMatching(sql, scope, [
    { kind: 'coupon', filters: [{ column: 'id', equals: coupon }] },
    byKeys('discount', discounts),
    { kind: 'portalRetentionOffer', filters: [{ column: 'customer', equals: customer }] },
  ]);
}

/** The configuration of a login page by its id. The caller compares the address. */
export async function findLoginPage(sql: Sql, id: string): Promise<PortalConfiguration | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from portal_configurations t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as PortalConfiguration) : null;
}

/** A mailed link by its id, with the login page that it came from. The caller compares the address. */
export async function findPortalLogin(sql: Sql, id: string): Promise<{ login: PortalLogin; askAt: string | null } | null> {
  const [found] = await sql<{ row: Record<string, unknown>; askAt: string | null }[]>`
    select to_jsonb(t) as row, (select c.login_page ->> 'url' from portal_configurations c where c.id = t.configuration) as ask_at
    from portal_logins t where id = ${id}`;
  return found ? { login: fromJson(found.row) as unknown as PortalLogin, askAt: found.askAt } : null;
}

/** As on Stripe, of several customers with an address the newest that has a subscription; else the newest. */
export async function customerAt(sql: Sql, { account, livemode }: Scope, email: string): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select c.id from customers c
    where c.account = ${account} and c.livemode = ${livemode} and lower(c.email) = lower(${email}) and c.email is not null and not c.deleted
    order by exists (select 1 from subscriptions s where s.customer = c.id and s.status not in ('canceled', 'incomplete_expired') and not s.hidden) desc,
      c.created desc, c.seq desc limit 1`;
  return found?.id ?? null;
}

/** The facts of a link by mail: who gets it, and the links that it got lately. */
export async function loadLoginFacts(
  tx: TransactionSql,
  scope: Scope,
  { customer, since }: { customer: string; since: number },
): Promise<Rows> {
  return loadMatching(tx, scope, [
    { kind: 'account', filters: [] },
    byKey('customer', customer),
    {
      kind: 'portalLogin',
      filters: [
        { column: 'customer', equals: customer },
        { column: 'created', range: { gte: since } },
      ],
    },
  ]);
}
