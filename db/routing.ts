/** The seller's routing rules: those in force are in the account's settings, and each version is kept. */
import type { Scope } from '../domain/core/steps';
import type { Route, Routing, RoutingRule } from '../domain/rows/routing';
import { changeAccountSettings } from './accounts';
import type { Sql } from './connect';

export interface RoutingVersion extends Routing {
  /** Null: the beginning, without rules. */
  created: number | null;
}

/** Replaces the rules as a whole. The same rules make no new version. */
export async function replaceRouting(sql: Sql, scope: Scope, { rules, key }: { rules: RoutingRule[]; key: string }): Promise<void> {
  await changeAccountSettings(sql, scope, async (settings, tx) => {
    const [same] = await tx<{ same: boolean }[]>`
      select ${tx.json(settings.routing.rules as never)}::jsonb = ${tx.json(rules as never)}::jsonb as same`;
    if (same?.same) return settings;
    const version = settings.routing.version + 1;
    await tx`
      insert into routing_versions (account, livemode, version, created, api_key, rules)
      values (${scope.account}, ${scope.livemode}, ${version}, ${Math.floor(Date.now() / 1000)}, ${key}, ${tx.json(rules as never)})`;
    return { ...settings, routing: { version, rules } };
  });
}

/** Newest first. */
export async function routingVersions(
  sql: Sql,
  scope: Scope,
  { before, limit }: { before: number | null; limit: number },
): Promise<{ rows: RoutingVersion[]; hasMore: boolean }> {
  const rows = await sql<RoutingVersion[]>`
    select version, created, rules from routing_versions
    where account = ${scope.account} and livemode = ${scope.livemode} and (${before}::int is null or version < ${before})
    order by version desc limit ${limit + 1}`;
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

export interface RoutedTry {
  number: number;
  processor: string;
  status: string;
  created: number;
  route: Route | null;
  charge: string | null;
}

/** Every attempt at the charge's payment, up to the charge's own. */
export async function triesOf(sql: Sql, { paymentIntent, attempt }: { paymentIntent: string; attempt: number }): Promise<RoutedTry[]> {
  return sql<RoutedTry[]>`
    select t.number, t.gateway as processor, t.status, t.created, t.route, c.id as charge
    from payment_attempts t left join charges c on c.payment_intent = t.intent and c.attempt = t.number
    where t.intent = ${paymentIntent} and t.number <= ${attempt} order by t.number`;
}
