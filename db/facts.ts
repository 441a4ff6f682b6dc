/**
 * The facts for planners, in one statement: everything related to a subscription, an invoice, an intent, a charge, a refund or a dispute,
 * with its customer and account. Parameters that are null select nothing.
 */
import type { RowKind, Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { rowsFromJson } from './json-rows';
import { TABLES } from './tables';

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
  /** A customer whose alerts are checked; includes the living subscriptions if an alert is by spend, or credit is topped up. */
  watched?: string | null;
  /** A customer whose living subscriptions are all loaded. */
  spender?: string | null;
  /** A card for a payment or setup. */
  paymentMethod?: string | null;
}

type JsonRow = Record<string, unknown>;
export type FactLists = Partial<Record<RowKind, JsonRow[] | null>>;

export async function loadFacts(sql: Sql | TransactionSql, of: FactsOf): Promise<Rows> {
  const given = parametersFor(of);
  const values = given.map((name) => of[name] ?? null);
  const [row] = await sql.unsafe<{ facts: FactLists }[]>(statementFor(given), values, { prepare: true });
  return rowsFromJson(row?.facts ?? {});
}

/** Changes of a payment without a customer, and of its refunds or disputes, run one after another. */
export async function lockIntent(sql: TransactionSql, of: FactsOf): Promise<void> {
  await sql`
    select 1 from payment_intents where id = coalesce(${of.intent ?? null}, (select payment_intent from charges where id = coalesce(
      ${of.charge ?? null}, (select charge from refunds where id = ${of.refund ?? null}), (select charge from disputes where id = ${of.dispute ?? null}))))
    for update`;
}

/** The parameters, in the order of the statement. */
const ASKED = [
  'customer',
  'subscription',
  'schedule',
  'quote',
  'invoice',
  'intent',
  'charge',
  'refund',
  'dispute',
  'watched',
  'spender',
  'paymentMethod',
  'account',
] as const;
type Asked = (typeof ASKED)[number];

/** Rare parameters that make the query plan more expensive for every step: many living subscriptions, a schedule's phases. */
const SELDOM: readonly Asked[] = ['schedule', 'quote', 'watched', 'spender'];

/**
 * Most steps send the same statement, with null for parameters that they do not need. Looking for null costs nothing, while each additional
 * text costs every connection 4.6 MB for its plan. Each set of rare parameters has its own text.
 */
function parametersFor(of: FactsOf): Asked[] {
  const asks = (name: Asked): boolean => (of[name] ?? null) !== null;
  return SELDOM.some(asks) ? ASKED.filter(asks) : ASKED.filter((name) => !SELDOM.includes(name));
}

/** The statement for each set of parameters. Other parameters are null in it, so the query plan omits them. */
const statements = new Map<string, string>();

function statementFor(given: Asked[]): string {
  const key = given.join();
  const known = statements.get(key);
  if (known !== undefined) return known;
  const parameter = (name: Asked): string => (given.includes(name) ? `$${String(given.indexOf(name) + 1)}::text` : 'null::text');
  const text = FACTS.replace(/\{(\w+)\}/g, (_, name: Asked) => parameter(name));
  statements.set(key, text);
  return text;
}

/**
 * Each table is queried by an array of keys, never joined. So every plan uses indexes even without table statistics, the same plan serves
 * every customer, and null keys cost nothing.
 */
const FACTS = `
  with asked as (
    select c.charge, coalesce({intent}, (select payment_intent from charges where id = c.charge)) as intent
    from (select coalesce({charge}, (select charge from refunds where id = {refund}),
      (select charge from disputes where id = {dispute})) as charge) c
  ),
  asked_invoice as (
    select {invoice} as id union all
    select (select invoice from payment_intents where id = (select intent from asked))
  ),
  watch as (
    select a.* from alerts a join customers c on c.id = {watched}
    where a.account = {account} and a.livemode = c.livemode and a.status = 'active' and (a.customer is null or a.customer = {watched})
  ),
  sub as (
    select * from subscriptions where id = any(
      array[{subscription}] || array(select i.subscription from invoices i where i.id = any(array(select id from asked_invoice)))
    )
    union all
    select * from subscriptions where customer = {spender} and status not in ('canceled', 'incomplete_expired')
    union all
    select * from subscriptions where customer = {watched} and status not in ('canceled', 'incomplete_expired')
      and (exists (select 1 from watch where alert_type = 'spend_threshold')
        or exists (select 1 from credit_top_ups where customer = {watched} and status = 'active' and not deleted))
    union all
    select s.* from subscriptions s where s.customer = {watched} and s.status = 'canceled'
      and exists (select 1 from usage_periods u where u.subscription = s.id and not u.closed)
  ),
  spend as (
    select a.* from alerts a join sub s on s.id = {subscription}
    where a.account = {account} and a.livemode = s.livemode and a.status = 'active' and a.alert_type = 'spend_threshold'
      and (a.customer is null or a.customer = s.customer)
  ),
  sched as (
    select * from subscription_schedules where subscription = {subscription} and status = 'active'
    union all
    select * from subscription_schedules where id = {schedule}
  ),
  phase as (select p.value as phase from sched, jsonb_array_elements(sched.phases) p),
  phase_item as (
    select i.value as item from phase, jsonb_array_elements((phase -> 'items') || (phase -> 'add_invoice_items')) i
  ),
  phase_disc as (
    select d.value as disc, (select account || '/' || case when livemode then 'live' else 'test' end || '/' from sched limit 1) as scope
    from (
      select phase -> 'discounts' as list from phase
      union all select item -> 'discounts' from phase_item
    ) l, jsonb_array_elements(coalesce(nullif(l.list, 'null'), '[]')) d
  ),
  item as (select * from subscription_items where subscription = any(array(select id from sub)) and not deleted),
  inv as (
    select * from invoices where id = any(array(select id from asked_invoice) || array(
      select i.id from invoices i where i.subscription = any(array(select id from sub)) and not i.deleted
        and (i.status in ('draft', 'open') or i.id = any(array(
          select latest_invoice from sub union all select resumption_invoice from sub union all select (
            select l.id from invoices l where l.subscription = s.id and l.status <> 'void' and not l.deleted
            order by l.created desc, l.seq desc limit 1
          ) from sub s where exists (select 1 from invoices v where v.id = s.latest_invoice and v.status = 'void'))))))
  ),
  line as (
    select * from invoice_line_items where invoice = any(array(select id from inv))
    union all
    select l.* from invoice_line_items l
      where l.subscription_item = any(array(select id from item)) and l.period_end > (select min(current_period_start) from item)
      and l.period_end > (select i.current_period_start from item i where i.id = l.subscription_item)
      and not l.invoice = any(array(select id from inv))
      and not exists (select 1 from invoices v where v.id = l.invoice and v.status = 'void')
    union all
    select l.* from invoice_line_items l
      where l.subscription = any(array(select id from sub)) and l.deferred <> 0
      and not l.invoice = any(array(select id from inv))
      and not exists (select 1 from item i where i.id = l.subscription_item and i.current_period_start < l.period_end)
    union all
    select l.* from invoice_line_items l
      where l.subscription = any(array(select id from sub where minimum_commitment is not null or maximum_spend is not null))
      and l.period_end > (select least(min(period_start), (select min(current_period_start) from item),
        (select min(u.period_start) from usage_periods u where not u.closed and u.subscription = any(array(select id from sub))))
        from inv where status = 'draft')
      and not l.invoice = any(array(select id from inv))
      and not exists (select 1 from invoices v where v.id = l.invoice and v.status = 'void')
    union all
    select l.* from invoice_line_items l
      where l.subscription = any(array(select id from sub where customer = coalesce({spender}, {watched})))
      and l.period_end > (select min(current_period_start) from item)
      and not exists (select 1 from invoices v where v.id = l.invoice and (v.status = 'void' or v.deleted))
  ),
  used as (
    select * from usage_periods where not closed and subscription = any(array(select id from sub))
    union all
    select u.* from usage_periods u join item i on i.id = u.subscription_item
      where u.closed and u.period_start >= i.current_period_start and coalesce({spender}, {watched}) is not null
  ),
  intent as (
    select * from payment_intents where id = any(array(select intent from asked) || array(select payment_intent from inv))
  ),
  setup as (
    select * from setup_intents where id = any(array(select intent from asked) || array(select pending_setup_intent from sub))
  ),
  attempt as (
    select t.* from payment_attempts t where t.intent = any(array(select id from intent) || array(select id from setup))
      and (t.status in ('open', 'requires_action', 'unknown')
        or t.number = coalesce((select attempts from intent where id = t.intent), (select attempts from setup where id = t.intent)))
  ),
  charge as (
    select * from charges where id = any(array(select latest_charge from intent) || array(select charge from asked))
  ),
  cus as (
    select * from customers where id = coalesce(
      {customer}, (select customer from sub limit 1), (select customer from inv limit 1), (select customer from intent limit 1),
      (select customer from setup limit 1), (select customer from charge limit 1))
  ),
  topping as (select * from credit_top_ups where customer = (select id from cus) and not deleted),
  granted as (
    select * from credit_grants where customer = (select id from cus) and balance > 0
    union
    select * from credit_grants where id = any(array(
      select c ->> 'credit_grant' from line, jsonb_array_elements(line.credit_amounts) c))
  ),
  pending as (
    select * from invoice_items where customer = (select id from cus) and invoice is null and not deleted
    union all
    select * from invoice_items where not deleted and invoice = any(array(
      select id from inv where status = 'draft'
        or id in (select pending_update ->> 'invoice' from sub union all select resumption_invoice from sub)))
  ),
  disc as (
    select * from discounts where id = any(array(
      select discount from cus union all select unnest(discounts) from sub union all select unnest(discounts) from item
      union all select unnest(discounts) from inv union all select unnest(discounts) from pending
      union all select unnest(discounts) from line union all select disc ->> 'discount' from phase_disc))
  ),
  rate as (
    select * from tax_rates where id = any(array(
      select unnest(default_tax_rates) from sub union all select unnest(tax_rates) from item
      union all select unnest(default_tax_rates) from topping
      union all select unnest(default_tax_rates) from inv union all select unnest(tax_rates) from line
      union all select t ->> 'tax_rate' from line, jsonb_array_elements(line.taxes) t
      union all select unnest(tax_rates) from used
      union all select unnest(tax_rates) from pending
      union all select r from phase, jsonb_array_elements_text(phase -> 'default_tax_rates') r
      union all select r from phase_item, jsonb_array_elements_text(item -> 'tax_rates') r))
  ),
  mode as (select livemode from (
    select livemode from cus union all select livemode from sub union all select livemode from sched union all select livemode from inv
  ) m limit 1),
  pr as (
    select * from prices where account = {account} and livemode = (select livemode from mode) and id = any(array(
      select price from item union all select price from used union all select price from pending
      union all select item ->> 'price' from phase_item union all
      select e ->> 'price' from sub, jsonb_array_elements(coalesce(nullif(sub.pending_update -> 'items', 'null'), '[]')) e))
  ),
  method as (
    select * from payment_methods where id = any(array(
      select default_payment_method from sub union all select default_payment_method from inv
      union all select invoice_settings ->> 'default_payment_method' from cus union all select payment_method from intent
      union all select payment_method from setup union all select payment_method from charge
      union all select payment_method from attempt union all select {paymentMethod}
      union all select default_settings ->> 'default_payment_method' from sched
      union all select phase ->> 'default_payment_method' from phase))
  ),
  code as (select * from promotion_codes where id = any(array(select disc ->> 'promotion_code' from phase_disc))),
  dun as (
    select * from dunnings where invoice = any(array(select id from inv))
    union
    select * from dunnings where status = 'running' and customer = (select customer from setup where id = {intent})
  ),
  disputed as (
    select * from disputes where charge = any(array(select id from charge))
    union
    select d.* from disputes d where d.customer = any(array(select customer from sub)) and exists (
      select 1 from charges c join invoices i on i.id = c.invoice where c.id = d.charge and i.subscription = any(array(select id from sub)))
  )
  select json_build_object(
    'account', (select json_agg(t) from accounts t where t.id = {account}),
    'customer', (select json_agg(t) from cus t),
    'creditGrant', (select json_agg(t order by t.seq) from granted t),
    'creditTopUp', (select json_agg(t order by t.seq) from topping t),
    'creditPurchase', (select json_agg(t) from credit_purchases t where t.invoice = any(array(select id from inv))),
    'testClock', (select json_agg(t) from test_clocks t where t.id = (select test_clock from cus)),
    'subscription', (select json_agg(t) from sub t),
    'subscriptionSchedule', (select json_agg(t order by t.seq) from sched t),
    'quote', (select json_agg(t) from quotes t where t.id = {quote}),
    'subscriptionItem', (select json_agg(t order by t.seq) from item t),
    'alert', (select json_agg(t order by t.seq) from (select * from watch union all select * from spend) t),
    'alertTriggered', (select json_agg(t) from alert_triggereds t where t.customer = {watched} and t.alert = any(array(select id from watch))
      and t.number = (select max(number) from alert_triggereds l where l.customer = t.customer and l.alert = t.alert)),
    'usagePeriod', (select json_agg(t order by t.seq) from used t),
    'price', (select json_agg(t) from pr t),
    'product', (select json_agg(t) from products t
      where t.account = {account} and t.livemode = (select livemode from mode) and t.id = any(array(select product from pr))),
    'invoice', (select json_agg(t order by t.seq) from inv t),
    'invoiceLineItem', (select json_agg(t order by t.seq) from line t),
    'invoiceItem', (select json_agg(t order by t.seq) from pending t),
    'invoicePayment', (select json_agg(t order by t.seq) from invoice_payments t where t.invoice = any(array(select id from inv))),
    'discount', (select json_agg(t order by t.seq) from disc t),
    'coupon', (select json_agg(t) from coupons t where t.key = any(array(
      select coupon from disc union all select coupon from code union all select scope || (disc ->> 'coupon') from phase_disc))),
    'promotionCode', (select json_agg(t order by t.seq) from code t),
    'taxRate', (select json_agg(t) from rate t),
    'paymentIntent', (select json_agg(t order by t.seq) from intent t),
    'setupIntent', (select json_agg(t order by t.seq) from setup t),
    'paymentAttempt', (select json_agg(t order by t.seq) from attempt t),
    'paymentMethod', (select json_agg(t) from method t),
    'charge', (select json_agg(t order by t.seq) from charge t),
    'refund', (select json_agg(t order by t.seq) from refunds t where t.charge = any(array(select id from charge))),
    'dispute', (select json_agg(t order by t.seq) from disputed t),
    'balanceTransaction', (select json_agg(t order by t.seq) from balance_transactions t
      where t.id = any(array(select unnest(balance_transactions) from disputed))),
    'dunning', (select json_agg(t) from dun t)
  ) as facts`;

/** Rows that a request references (prices, coupons, …), added to the facts. Rows of other accounts and modes are not found. */
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
        where ${sql(key)} = any(${keys}) and account = ${scope.account} and livemode = ${scope.livemode}`;
      found[kind] = rows.map(({ row }) => row);
    }),
  );
  return found;
}
