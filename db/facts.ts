/**
 * The facts that planners decide on, in one statement: everything that hangs on a subscription, an invoice, an intent, a
 * charge, a refund or a dispute, with its customer and account. What is asked for by null is left out.
 */
import type { RowKind } from '../domain/rows';
import { Rows } from '../domain/rows';
import type { Sql, TransactionSql } from './connect';
import { rowsFromJson } from './json-rows';
import { TABLES } from './tables';

export interface FactsOf {
  account: string;
  customer?: string | null;
  subscription?: string | null;
  invoice?: string | null;
  /** A payment or setup intent. */
  intent?: string | null;
  charge?: string | null;
  refund?: string | null;
  dispute?: string | null;
  /** A card that a payment or setup is to be made with. */
  paymentMethod?: string | null;
}

type JsonRow = Record<string, unknown>;
export type FactLists = Partial<Record<RowKind, JsonRow[] | null>>;

export async function loadFacts(sql: Sql | TransactionSql, of: FactsOf): Promise<Rows> {
  const [row] = await factsQuery(sql, of);
  return rowsFromJson(row?.facts ?? {});
}

/** Whoever changes a payment of no customer, its refunds or disputes, goes one after another. */
export async function lockIntent(sql: TransactionSql, of: FactsOf): Promise<void> {
  await sql`
    select 1 from payment_intents where id = coalesce(${of.intent ?? null}, (select payment_intent from charges where id = coalesce(
      ${of.charge ?? null}, (select charge from refunds where id = ${of.refund ?? null}), (select charge from disputes where id = ${of.dispute ?? null}))))
    for update`;
}

/** The query, not yet awaited, so that it can follow a lock down the same connection without a round trip between. */
export function factsQuery(sql: Sql | TransactionSql, of: FactsOf) {
  const customer = of.customer ?? null;
  const subscription = of.subscription ?? null;
  return sql<{ facts: FactLists }[]>`
    with ask as (
      select ${customer}::text as customer, ${subscription}::text as subscription, ${of.invoice ?? null}::text as invoice,
        ${of.intent ?? null}::text as intent, ${of.charge ?? null}::text as charge, ${of.refund ?? null}::text as refund,
        ${of.dispute ?? null}::text as dispute, ${of.paymentMethod ?? null}::text as payment_method
    ),
    rf as (select r.* from refunds r, ask where r.id = ask.refund),
    dp as (select d.* from disputes d, ask where d.id = ask.dispute),
    asked_charge as (select coalesce(ask.charge, (select charge from rf), (select charge from dp)) as id from ask),
    asked_intent as (
      select coalesce(ask.intent, (select payment_intent from charges c, asked_charge a where c.id = a.id)) as id from ask
    ),
    sub as (
      select s.* from subscriptions s, ask where s.id = ask.subscription
      union
      select s.* from subscriptions s, ask, invoices i where i.id = ask.invoice and s.id = i.subscription
      union
      select s.* from subscriptions s, asked_intent a, payment_intents p, invoices i
        where p.id = a.id and i.id = p.invoice and s.id = i.subscription
    ),
    item as (select i.* from subscription_items i, sub where i.subscription = sub.id and not i.deleted),
    inv as (
      select i.* from invoices i, ask where i.id = ask.invoice
      union
      select i.* from invoices i, sub where i.subscription = sub.id and not i.deleted
        and (i.status in ('draft', 'open') or i.id in (sub.latest_invoice, sub.resumption_invoice))
      union
      select i.* from invoices i, asked_intent a, payment_intents p where p.id = a.id and i.id = p.invoice
    ),
    line as (
      select l.* from invoice_line_items l, inv where l.invoice = inv.id
      union
      select l.* from invoice_line_items l, item where l.subscription_item = item.id and l.period_end = item.current_period_end
    ),
    intent as (
      select p.* from payment_intents p, asked_intent a where p.id = a.id
      union
      select p.* from payment_intents p, inv where p.id = inv.payment_intent
    ),
    setup as (
      select i.* from setup_intents i, asked_intent a where i.id = a.id
      union
      select i.* from setup_intents i, sub where i.id = sub.pending_setup_intent
    ),
    attempt as (
      select t.* from payment_attempts t, intent where t.intent = intent.id
        and (t.status in ('open', 'requires_action', 'unknown') or t.number = intent.attempts)
      union
      select t.* from payment_attempts t, setup where t.intent = setup.id
        and (t.status in ('open', 'requires_action', 'unknown') or t.number = setup.attempts)
    ),
    charge as (
      select c.* from charges c, intent where c.id = intent.latest_charge
      union
      select c.* from charges c, asked_charge a where c.id = a.id
    ),
    cus as (
      select c.* from customers c, ask where c.id = coalesce(
        ask.customer, (select customer from sub limit 1), (select customer from inv limit 1), (select customer from intent limit 1),
        (select customer from setup limit 1), (select customer from charge limit 1))
    ),
    pending as (
      select i.* from invoice_items i, cus where i.customer = cus.id and i.invoice is null and not i.deleted
      union
      select i.* from invoice_items i, inv where i.invoice = inv.id and not i.deleted
        and (inv.status = 'draft' or inv.id in (select pending_update ->> 'invoice' from sub))
    ),
    used_discounts as (
      select discount as id from cus union select unnest(discounts) from sub union select unnest(discounts) from item
      union select unnest(discounts) from inv union select unnest(discounts) from pending union select unnest(discounts) from line
    ),
    disc as (select d.* from discounts d, used_discounts u where d.id = u.id),
    used_rates as (
      select unnest(default_tax_rates) as id from sub union select unnest(tax_rates) from item
      union select unnest(default_tax_rates) from inv union select unnest(tax_rates) from line union select unnest(tax_rates) from pending
    ),
    pr as (
      select p.* from prices p where p.id in (
        select price from item union select price from pending
        union select e ->> 'price' from sub, jsonb_array_elements(coalesce(nullif(sub.pending_update -> 'items', 'null'), '[]')) e)
    ),
    method as (
      select m.* from payment_methods m where m.id in (
        select default_payment_method from sub union select default_payment_method from inv
        union select invoice_settings ->> 'default_payment_method' from cus union select payment_method from intent
        union select payment_method from setup union select payment_method from charge union select payment_method from attempt
        union select payment_method from ask)
    ),
    dun as (
      select d.* from dunnings d, inv where d.invoice = inv.id
      union
      select d.* from dunnings d, ask, setup where setup.id = ask.intent and d.customer = setup.customer and d.status = 'running'
    ),
    disputed as (
      select d.* from disputes d, charge where d.charge = charge.id
      union
      select d.* from disputes d, charges c, invoices i, sub
        where d.customer = sub.customer and c.id = d.charge and i.id = c.invoice and i.subscription = sub.id
    )
    select jsonb_build_object(
      'account', (select jsonb_agg(to_jsonb(a)) from accounts a where a.id = ${of.account}),
      'customer', (select jsonb_agg(to_jsonb(t)) from cus t),
      'testClock', (select jsonb_agg(to_jsonb(t)) from test_clocks t, cus where t.id = cus.test_clock),
      'subscription', (select jsonb_agg(to_jsonb(t)) from sub t),
      'subscriptionItem', (select jsonb_agg(to_jsonb(t) order by t.seq) from item t),
      'price', (select jsonb_agg(to_jsonb(t)) from pr t),
      'product', (select jsonb_agg(to_jsonb(t)) from products t where t.id in (select product from pr)),
      'invoice', (select jsonb_agg(to_jsonb(t) order by t.seq) from inv t),
      'invoiceLineItem', (select jsonb_agg(to_jsonb(t) order by t.position) from line t),
      'invoiceItem', (select jsonb_agg(to_jsonb(t) order by t.seq) from pending t),
      'invoicePayment', (select jsonb_agg(to_jsonb(t) order by t.seq) from invoice_payments t, inv where t.invoice = inv.id),
      'discount', (select jsonb_agg(to_jsonb(t) order by t.seq) from disc t),
      'coupon', (select jsonb_agg(to_jsonb(t)) from coupons t where t.key in (select coupon from disc)),
      'taxRate', (select jsonb_agg(to_jsonb(t)) from tax_rates t, used_rates u where t.id = u.id),
      'paymentIntent', (select jsonb_agg(to_jsonb(t)) from intent t),
      'setupIntent', (select jsonb_agg(to_jsonb(t)) from setup t),
      'paymentAttempt', (select jsonb_agg(to_jsonb(t) order by t.seq) from attempt t),
      'paymentMethod', (select jsonb_agg(to_jsonb(t)) from method t),
      'charge', (select jsonb_agg(to_jsonb(t) order by t.seq) from charge t),
      'refund', (select jsonb_agg(to_jsonb(t) order by t.seq) from refunds t, charge where t.charge = charge.id),
      'dispute', (select jsonb_agg(to_jsonb(t) order by t.seq) from disputed t),
      'balanceTransaction', (select jsonb_agg(to_jsonb(t) order by t.seq) from balance_transactions t
        where t.id in (select unnest(balance_transactions) from disputed)),
      'dunning', (select jsonb_agg(to_jsonb(t)) from dun t)
    ) as facts`;
}

/** Rows that a request names (prices, coupons, …), added to the facts; those of other accounts and modes are not found. */
export async function loadReferenced(
  sql: Sql | TransactionSql,
  scope: { account: string; livemode: boolean },
  ids: Partial<Record<RowKind, string[]>>,
): Promise<FactLists> {
  const found: FactLists = {};
  await Promise.all(
    Object.entries(ids).map(async ([name, keys]) => {
      const kind = name as RowKind;
      const { table, key } = TABLES[kind];
      if (keys.length === 0) return;
      const rows = await sql<{ row: JsonRow }[]>`
        select to_jsonb(t) as row from ${sql(table)} t
        where ${sql(key)} in ${sql(keys)} and account = ${scope.account} and livemode = ${scope.livemode}`;
      found[kind] = rows.map(({ row }) => row);
    }),
  );
  return found;
}
