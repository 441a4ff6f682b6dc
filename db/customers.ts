/** The facts for changes of a customer. */
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { rowsFromJson } from './json-rows';
import type { FactLists } from './facts/statement';

/**
 * The customer with its account, its own last discount, living subscriptions, credit top-ups, running dunnings, and the named payment
 * method.
 */
export async function loadCustomerFacts(
  sql: Sql | TransactionSql,
  scope: { account: string; livemode: boolean },
  customer: string,
  paymentMethod: string | null = null,
): Promise<Rows> {
  const [row] = await sql<{ facts: FactLists }[]>`
    with cus as (select * from customers where id = ${customer} and account = ${scope.account} and livemode = ${scope.livemode})
    select jsonb_build_object(
      'account', (select jsonb_agg(to_jsonb(t)) from accounts t where t.id = ${scope.account}),
      'customer', (select jsonb_agg(to_jsonb(t)) from cus t),
      'discount', (select jsonb_agg(to_jsonb(t)) from discounts t, cus where t.id = coalesce(cus.discount, (
        select d.id from discounts d where d.customer = cus.id and d.subscription is null and d.subscription_item is null and d.invoice is null
          and d.invoice_item is null order by d.seq desc limit 1))),
      'subscription', (select jsonb_agg(to_jsonb(t) order by t.seq) from subscriptions t, cus
        where t.customer = cus.id and t.status not in ('canceled', 'incomplete_expired')),
      'creditTopUp', (select jsonb_agg(to_jsonb(t) order by t.seq) from credit_top_ups t, cus where t.customer = cus.id and not t.deleted),
      'dunning', (select jsonb_agg(to_jsonb(t)) from dunnings t, cus where t.customer = cus.id and t.status = 'running'),
      'paymentMethod', (select jsonb_agg(to_jsonb(t)) from payment_methods t, cus where t.id in (${paymentMethod}, cus.default_source) and t.customer = cus.id),
      'mandate', (select jsonb_agg(to_jsonb(t)) from mandates t where t.id = (
        select m.mandate from payment_methods m, cus where m.id = ${paymentMethod} and m.customer = cus.id))
    ) as facts`;
  return rowsFromJson(row?.facts ?? {});
}

/** Also the facts for a deletion: all the customer's cards, and invoices that would still be finalized or charged automatically. */
export async function loadDeletionFacts(
  sql: Sql | TransactionSql,
  scope: { account: string; livemode: boolean },
  customer: string,
): Promise<Rows> {
  const facts = await loadCustomerFacts(sql, scope, customer);
  const [row] = await sql<{ facts: FactLists }[]>`
    with cus as (select id from customers where id = ${customer} and account = ${scope.account} and livemode = ${scope.livemode})
    select jsonb_build_object(
      'invoice', (select jsonb_agg(to_jsonb(t)) from invoices t, cus
        where t.customer = cus.id and t.status in ('draft', 'open') and t.auto_advance and not t.deleted),
      'paymentMethod', (select jsonb_agg(to_jsonb(t) order by t.seq) from payment_methods t, cus where t.customer = cus.id),
      'mandate', (select jsonb_agg(to_jsonb(t)) from mandates t where t.id in (
        select m.mandate from payment_methods m, cus where m.customer = cus.id))
    ) as facts`;
  const more = rowsFromJson(row?.facts ?? {});
  for (const kind of ['invoice', 'paymentMethod', 'mandate'] as const) for (const each of more.all(kind)) facts.put(kind, each);
  return facts;
}
