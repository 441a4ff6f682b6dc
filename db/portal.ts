/** The facts of the customer portal: sessions by their address, and what a session's customer has. */
import type { PortalSession } from '../domain/rows/portal';
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
