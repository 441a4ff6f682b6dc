/** Whether the buyer of a session has a subscription already, or is about to have one. */
import { SUBSCRIBED_STATUSES, type Buyer } from '../domain/checkout/one-subscription';
import type { Scope } from '../domain/core/steps';
import { OPEN_ATTEMPT_STATUSES } from '../domain/rows/payment-attempt';
import type { Sql, TransactionSql } from './connect';
import { lockName } from './lock-name';

/** The customer `c` is the buyer's, or has the same e-mail address. */
const isBuyers = (sql: Sql | TransactionSql, { customer, email }: Buyer) =>
  sql`(c.id = ${customer} or not c.deleted and c.email is not null and lower(c.email) = lower(${email}::text))`;

/** Whether the buyer's customer, or another one with the same e-mail address, has a subscription other than that of the session. */
export async function isSubscribed(sql: Sql | TransactionSql, { account, livemode }: Scope, buyer: Buyer): Promise<boolean> {
  const [found] = await sql`
    select 1 from customers c join subscriptions u on u.customer = c.id
    where c.account = ${account} and c.livemode = ${livemode} and u.status in ${sql(SUBSCRIBED_STATUSES)}
      and u.id is distinct from ${buyer.subscription}
      and ${isBuyers(sql, buyer)} limit 1`;
  return found !== undefined;
}

/**
 * Whether the buyer is subscribing in another session: confirmed after `since` and not declined, or a processor or a bank is being asked. The
 * buyer and the session, and so its customer, must be locked.
 */
export async function isSubscribingElsewhere(
  tx: TransactionSql,
  { account, livemode }: Scope,
  buyer: Buyer,
  since: number,
): Promise<boolean> {
  const [found] = await tx`
    select 1 from checkout_sessions s join customers c on c.id = s.customer
    cross join lateral (
      select array(select i.payment_intent from subscriptions u join invoices i on i.id = u.latest_invoice where u.id = s.subscription)
        || s.setup_intent as intents) made
    where s.account = ${account} and s.livemode = ${livemode} and s.mode = 'subscription' and s.status = 'open' and s.id <> ${buyer.id} and s.attempts > 0
      and ${isBuyers(tx, buyer)}
      and (
        s.attempted_at > ${since} and s.attempts > (
          select count(*) from payment_attempts a where a.customer = s.customer and a.status = 'failed' and a.intent = any (made.intents))
        or exists (select 1 from payment_attempts a where a.intent = any (made.intents) and a.status in ${tx(OPEN_ATTEMPT_STATUSES)})) limit 1`;
  return found !== undefined;
}

/** Until the end of the transaction, nobody else with the same e-mail address begins to subscribe. */
export async function lockBuyer(tx: TransactionSql, { account, livemode }: Scope, { email }: Buyer): Promise<void> {
  if (email !== null) await lockName(tx, `subscriber/${account}/${String(livemode)}/${email.toLowerCase()}`);
}
