/** The facts for changes of a customer. */
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { rowsFromJson } from './json-rows';
import type { FactLists } from './facts/statement';
import { byKeys, loadMatching, type Wanted } from './matching';

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

/**
 * Also the facts for an erasure: everything that has the customer's details and is not part of the books, and what guests with its address have
 * asked and were mailed. Its mails are locked, because they may be sent at this moment.
 */
export async function loadErasureFacts(tx: TransactionSql, scope: { account: string; livemode: boolean }, customer: string): Promise<Rows> {
  const facts = await loadDeletionFacts(tx, scope, customer);
  const email = facts.find('customer', customer)?.email ?? null;
  await tx`
    select 1 from mails where account = ${scope.account} and livemode = ${scope.livemode}
      and (customer = ${customer} or customer is null and lower(recipient) = lower(${email})) for update`;
  const ofCustomer = { filters: [{ column: 'customer', equals: customer }] };
  const kinds = [
    'charge',
    'checkoutSession',
    'customerRequest',
    'invoice',
    'license',
    'mail',
    'paymentEvaluation',
    'paymentIntent',
    'paymentRecord',
    'requestedTaxCalculation',
    'review',
    'setupIntent',
    'subscription',
    'supportTicket',
    'taxId',
  ] as const;
  const wanted = [...kinds.map((kind) => ({ kind, ...ofCustomer })), ...(email === null ? [] : ofAddress(email))];
  facts.putAll(await loadMatching(tx, scope, wanted));
  // Also cards that it has removed, as far as it has used them.
  const used = [...facts.all('charge'), ...facts.all('paymentIntent'), ...facts.all('setupIntent')].flatMap(
    ({ paymentMethod }) => paymentMethod ?? [],
  );
  facts.putAll(await loadMatching(tx, scope, [byKeys('paymentMethod', [...new Set(used)])]));
  const idsOf = (kind: 'license' | 'paymentIntent' | 'paymentMethod' | 'supportTicket'): string[] => facts.all(kind).map(({ id }) => id);
  facts.putAll(
    await loadMatching(tx, scope, [
      { kind: 'confirmationToken', filters: [{ column: 'paymentMethod', among: idsOf('paymentMethod') }] },
      { kind: 'fraudDecision', filters: [{ column: 'paymentIntent', among: idsOf('paymentIntent') }] },
      { kind: 'licenseActivation', filters: [{ column: 'license', among: idsOf('license') }] },
      { kind: 'supportMessage', filters: [{ column: 'ticket', among: idsOf('supportTicket') }] },
    ]),
  );
  return facts;
}

/** What is known of an address alone. */
function ofAddress(email: string): Wanted[] {
  const ofGuest = { column: 'customer', isNull: true };
  return [
    { kind: 'mail', filters: [{ email, column: 'recipient' }, ofGuest] },
    { kind: 'mailSuppression', filters: [{ email }] },
    { kind: 'supportTicket', filters: [{ email }, ofGuest] },
  ];
}
