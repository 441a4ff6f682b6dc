/** Counts of the things that have limits. */
import type { Sql, TransactionSql } from './connect';

interface Scope {
  account: string;
  livemode: boolean;
}

/** Subscriptions of a customer that have not ended, and schedules that will create one. */
export async function countSubscriptions(sql: Sql, customer: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select (select count(*) from subscriptions where customer = ${customer} and status not in ('canceled', 'incomplete_expired')
      and not hidden) + (select count(*) from subscription_schedules where customer = ${customer} and status = 'not_started') as count`;
  return row?.count ?? 0;
}

export async function countWebhookEndpoints(sql: Sql | TransactionSql, { account, livemode }: Scope): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from webhook_endpoints where account = ${account} and livemode = ${livemode} and not deleted`;
  return row?.count ?? 0;
}
