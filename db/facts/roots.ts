/** Finds the root keys for the facts: a payment's invoice, an invoice's subscription, their customer. */
import type { TransactionSql } from '../connect';

export interface FactsOf {
  account: string;
  customer?: string | null;
  subscription?: string | null;
  /** A subscription schedule that has not started. */
  schedule?: string | null;
  quote?: string | null;
  invoice?: string | null;
  /** A payment or setup intent. */
  intent?: string | null;
  charge?: string | null;
  refund?: string | null;
  dispute?: string | null;
  review?: string | null;
  /** A customer whose alerts are checked; includes the living subscriptions if an alert is by spend, or credit is topped up. */
  watched?: string | null;
  /** A customer whose living subscriptions are all loaded. */
  spender?: string | null;
  /** An invoice that a request revises. */
  revised?: string | null;
  /** A card for a payment or setup. */
  paymentMethod?: string | null;
}

export interface Roots {
  customer: string | null;
  intent: string | null;
  charge: string | null;
  invoices: string[];
  subscriptions: string[];
}

/** The roots, if the parameters already contain them; null if they must be looked up. */
export function knownRoots(of: FactsOf): Roots | null {
  const { customer = null, subscription = null, invoice = null } = of;
  const isLookedUp = [of.intent, of.charge, of.refund, of.dispute, of.review, of.watched, of.spender].some((id) => (id ?? null) !== null);
  if (isLookedUp || customer === null || (invoice !== null && subscription === null)) return null;
  return { ...NOTHING, customer, invoices: listOf(invoice), subscriptions: listOf(subscription) };
}

export async function findRoots(tx: TransactionSql, of: FactsOf): Promise<Roots> {
  const { account, customer = null, watched = null, spender = null } = of;
  if (spender !== null) return { ...NOTHING, customer: customer ?? spender, subscriptions: await find(tx, LIVING, [spender]) };
  if (watched !== null) return { ...NOTHING, customer: customer ?? watched, subscriptions: await find(tx, WATCHED, [account, watched]) };
  return findBehind(tx, of);
}

const NOTHING: Roots = { customer: null, intent: null, charge: null, invoices: [], subscriptions: [] };

const listOf = (id: string | null): string[] => (id === null ? [] : [id]);

/** @param text selects one column, `ids` */
async function find(tx: TransactionSql, text: string, values: string[]): Promise<string[]> {
  const [row] = await tx.unsafe<{ ids: string[] }[]>(text, values, { prepare: true });
  return row?.ids ?? [];
}

async function findBehind(tx: TransactionSql, of: FactsOf): Promise<Roots> {
  const { customer, subscription, invoice, intent, charge, refund, dispute, review } = of;
  const values = [customer, subscription, invoice, intent, charge, refund, dispute, review].map((id) => id ?? null);
  const [row] = await tx.unsafe<Roots[]>(BEHIND, values, { prepare: true });
  if (!row) throw new Error('a statement that always answers has not');
  return row;
}

export const BEHIND = `
  with charge as (
    select coalesce($5::text, (select charge from refunds where id = $6::text), (select charge from disputes where id = $7::text),
      (select charge from reviews where id = $8::text)) as id
  ),
  intent as (select coalesce($4::text, (select payment_intent from charges where id = (select id from charge))) as id),
  invoice as (
    select $3::text as id union select invoice from payment_intents where id = (select id from intent)
    union select invoice from invoice_payments where payment_intent = (select id from intent) and not is_default and status <> 'canceled'
  ),
  subscription as (
    select $2::text as id union select subscription from invoices where id = any(array(select id from invoice))
    union select unnest(consolidates) from invoices where id = any(array(select id from invoice))
  )
  select (select id from charge) as charge, (select id from intent) as intent,
    array(select id from invoice where id is not null) as invoices,
    array(select id from subscription where id is not null) as subscriptions,
    coalesce($1::text,
      (select customer from subscriptions where id = any(array(select id from subscription)) limit 1),
      (select customer from invoices where id = any(array(select id from invoice)) limit 1),
      (select customer from payment_intents where id = (select id from intent)),
      (select customer from setup_intents where id = (select id from intent)),
      (select customer from charges where id = (select id from charge))) as customer`;

export const LIVING = `
  select array(select id from subscriptions where customer = $1::text and status not in ('canceled', 'incomplete_expired')) as ids`;

/** All living subscriptions if spend is watched or credit is topped up; and ended ones with usage that may still be billed. */
export const WATCHED = `
  select array(
    select id from subscriptions where customer = $2::text and status not in ('canceled', 'incomplete_expired')
      and (exists (select 1 from alerts a join customers c on c.id = $2 where a.account = $1::text and a.livemode = c.livemode
          and a.status = 'active' and (a.customer is null or a.customer = $2) and a.alert_type = 'spend_threshold')
        or exists (select 1 from credit_top_ups where customer = $2 and status = 'active' and not deleted))
    union all
    select s.id from subscriptions s where s.customer = $2 and s.status = 'canceled'
      and exists (select 1 from usage_periods u where u.subscription = s.id and not u.closed)
  ) as ids`;
