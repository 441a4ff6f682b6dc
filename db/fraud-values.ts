/** The values at which fraud rules look, of one payment or of many. Those of a past payment are as of its time, as far as rows are kept. */
import { currencyOfAmount, isMetadata } from '../domain/fraud/attributes';
import { counterOf, type Counter } from '../domain/fraud/counters';
import { exponentOf } from '../domain/money/currency';
import type { RuleValues } from '../domain/rows/radar';
import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';
import type { Condition } from './lists';

export interface PaymentToJudge extends Scope {
  /** The attempt. */
  id: string;
  created: number;
  intent: string;
  amount: number;
  currency: string;
  /** By the names of their attributes; amounts and counters come besides. */
  values: RuleValues;
  metadata: { payment: Record<string, string>; customer: Record<string, string> };
}

type Address = 'billing' | 'shipping';

/** By Stripe's names for rules, of which Google Pay's is an older one. */
const wallet = (sql: Sql): Condition => sql`
  coalesce(replace(m.card -> 'wallet' ->> 'type', 'google_pay', 'android_pay'), case when m.type = 'link' then 'link' else 'none' end)`;

/** The payer's e-mail address, in a lateral join. */
const payer = (sql: Sql): Condition => sql`
  cross join lateral (select coalesce(c.email, p.receipt_email, m.billing_details ->> 'email') as email) who`;

export async function loadPayments(sql: Sql, attempts: readonly string[]): Promise<PaymentToJudge[]> {
  const address = (of: Address, from: ReturnType<typeof sql>) => sql`
    ${`${of}_address_city`}::text, ${from} ->> 'city', ${`${of}_address_country`}::text, ${from} ->> 'country',
    ${`${of}_address_line1`}::text, ${from} ->> 'line1', ${`${of}_address_line2`}::text, ${from} ->> 'line2',
    ${`${of}_address_postal_code`}::text, ${from} ->> 'postal_code', ${`${of}_address_state`}::text, ${from} ->> 'state'`;
  return sql`
    select t.id, t.account, t.livemode, t.created, t.intent, t.amount, t.currency,
      jsonb_build_object('payment', coalesce(p.metadata, si.metadata, '{}'), 'customer', coalesce(c.metadata, '{}')) as metadata,
      jsonb_build_object(${address('billing', sql`m.billing_details -> 'address'`)}, ${address('shipping', sql`p.shipping -> 'address'`)},
        'card_brand', m.card ->> 'brand', 'card_country', m.card ->> 'country', 'card_fingerprint', t.fingerprint,
        'card_funding', m.card ->> 'funding', 'digital_wallet', ${wallet(sql)}, 'charge_currency', t.currency, 'charge_description', p.description, 'customer', t.customer,
        'email', who.email, 'email_domain', substring(who.email from '@(.*)$'), 'payment_method_type', m.type,
        'risk_level', coalesce(t.assessment ->> 'riskLevel', m.risk_level), 'risk_score', (t.assessment ->> 'riskScore')::numeric,
        'cvc_check', ${check(sql, 'cvc_check')}, 'address_zip_check', ${check(sql, 'address_postal_code_check')},
        'address_line1_check', ${check(sql, 'address_line1_check')},
        'card_bin', m.card ->> 'bin', 'ip_address', coalesce(p.metadata ->> 'ip_address', si.metadata ->> 'ip_address', ${buyerIp(sql)}, c.tax_ip_address),
        'ip_country', coalesce(p.metadata ->> 'ip_country', si.metadata ->> 'ip_country', c.metadata ->> 'ip_country'),
        'is_trial', coalesce(s.trial_end > t.created, false), 'products', ${products(sql)},
        'is_3d_secure', t.three_d_secure is not null, 'is_3d_secure_authenticated', coalesce(t.three_d_secure = 'authenticated', false),
        'is_off_session', t.off_session, 'is_recurring', coalesce(i.billing_reason = 'subscription_cycle', false),
        'seconds_since_card_first_seen', t.created - (select min(o.created) from payment_attempts o
          where o.account = t.account and o.livemode = t.livemode and o.fingerprint = t.fingerprint and o.id <> t.id and o.created <= t.created),
        'seconds_since_customer_created', t.created - c.created,
        'seconds_since_email_first_seen', t.created - (select min(e.created) from customers e
          where e.account = t.account and e.livemode = t.livemode and e.email = who.email and e.created <= t.created)) as values
    from payment_attempts t join payment_methods m on m.id = t.payment_method left join payment_intents p on p.id = t.intent
    left join customers c on c.id = t.customer left join invoices i on i.id = t.invoice left join setup_intents si on si.id = t.intent
    left join subscriptions s on s.id = coalesce(i.subscription, si.subscription)
    ${payer(sql)}
    where t.id = any(${[...attempts]})`;
}

/** The products of the invoice, or of the subscription that a card is set up for. */
const products = (sql: Sql): Condition => sql`(
  select string_agg(distinct r.product, ' ') from prices r where r.account = t.account and r.livemode = t.livemode and r.id in (
    select l.price from invoice_line_items l where l.invoice = t.invoice
    union select n.price from subscription_items n where n.subscription = si.subscription and not n.deleted))`;

/** Of who was at Dunlin's own checkout page. A charge without the cardholder comes from nobody's browser. */
const buyerIp = (sql: Sql): Condition => sql`case when not t.off_session then (
  select k.buyer_ip from checkout_sessions k
  where k.id = coalesce(p.checkout_session, si.checkout_session) or k.subscription = coalesce(i.subscription, si.subscription) limit 1) end`;

/** What the bank has checked, once it has answered. */
const check = (sql: Sql, name: string): Condition => sql`
  case when t.answer ->> 'outcome' in ('succeeded', 'declined') then coalesce(t.answer -> 'checks' ->> ${name}, 'not_provided') end`;

/** The values with these names, by attempt. Those that are `known` are taken as they are. */
export async function valuesOf(
  sql: Sql,
  payments: readonly PaymentToJudge[],
  names: readonly string[],
  known: (attempt: string) => RuleValues = () => ({}),
): Promise<Map<string, RuleValues>> {
  const counted = new Map<string, Map<string, number | null>>();
  const rates = new Map<string, number | null>();
  for (const name of names) {
    const counter = counterOf(name);
    if (counter) counted.set(name, await counts(sql, counter, payments));
    const currency = currencyOfAmount(name);
    if (currency !== null) await rateAll(sql, payments, currency, rates);
  }
  const one = (name: string, payment: PaymentToJudge): RuleValues[string] => {
    if (isMetadata(name)) return metadataOf(name, payment);
    const currency = currencyOfAmount(name);
    if (currency !== null) return amountIn(payment, rates.get(pair(payment, currency)) ?? null);
    return counted.get(name)?.get(payment.id) ?? payment.values[name] ?? null;
  };
  return new Map(
    payments.map((payment) => {
      const given = known(payment.id);
      return [payment.id, Object.fromEntries(names.map((name) => [name, given[name] ?? one(name, payment)]))];
    }),
  );
}

/** `::key::` of the payment, `::customer:key::` of its customer. */
function metadataOf(name: string, { metadata }: PaymentToJudge): string | null {
  const [, ofCustomer, key = ''] = /^::(customer:)?(.+)::$/.exec(name) ?? [];
  const of = ofCustomer === undefined ? metadata.payment : metadata.customer;
  return Object.hasOwn(of, key) ? (of[key] ?? null) : null;
}

/** In the currency itself, not in its minor units; by the seller's own rate if it is another one. Only compared, never booked. */
function amountIn({ amount, currency }: PaymentToJudge, rate: number | null): number | null {
  return rate === null ? null : (amount / 10 ** exponentOf(currency)) * rate;
}

const pair = ({ currency }: PaymentToJudge, to: string): string => `${currency} ${to}`;

async function rateAll(sql: Sql, payments: readonly PaymentToJudge[], to: string, rates: Map<string, number | null>): Promise<void> {
  for (const payment of payments) {
    const key = pair(payment, to);
    if (!rates.has(key)) rates.set(key, payment.currency === to ? 1 : await rateTo(sql, payment, payment.currency, to));
  }
}

/** The seller's newest rate; null if it has entered none. */
async function rateTo(sql: Sql, { account, livemode }: Scope, from: string, to: string): Promise<number | null> {
  const [found] = await sql<{ rate: string }[]>`
    select rate from exchange_rates
    where account = ${account} and livemode = ${livemode} and from_currency = ${from} and to_currency = ${to} order by day desc limit 1`;
  return found ? Number(found.rate) : null;
}

/** By attempt; null: there is nobody by whom to count. */
async function counts(sql: Sql, { counted, per, seconds }: Counter, of: readonly PaymentToJudge[]): Promise<Map<string, number | null>> {
  const { by, known } = perOf(sql, per);
  const counting = counted === 'trial' ? trials(sql, by, seconds) : attemptsOf(sql, counted, by, seconds);
  const found = await sql<{ id: string; count: number | null }[]>`
    select t.id, case when ${known} then (${counting}) end as count
    from payment_attempts t join payment_methods m on m.id = t.payment_method left join payment_intents p on p.id = t.intent
    left join customers c on c.id = t.customer
    ${payer(sql)}
    where t.id = any(${of.map(({ id }) => id)})`;
  return new Map(found.map(({ id, count }) => [id, count]));
}

function attemptsOf(sql: Sql, counted: Exclude<Counter['counted'], 'trial'>, by: Condition, seconds: number): Condition {
  const { what, outcome } = countedIn(sql, counted);
  return sql`
    select count(${what})::int from payment_attempts o left join customers w on w.id = o.customer
    where ${by} and o.account = t.account and o.livemode = t.livemode and o.kind = 'payment'
      and o.created > t.created - ${seconds}::bigint and o.created <= t.created and (o.created, o.seq) < (t.created, t.seq) ${outcome}`;
}

/** Other subscriptions that began with a trial, of the customers who have paid or been set up by the same. */
const trials = (sql: Sql, by: Condition, seconds: number): Condition => sql`
  select count(*)::int from subscriptions b where b.trial_start is not null and b.account = t.account and b.livemode = t.livemode
    and b.created > t.created - ${seconds}::bigint and b.created <= t.created
    and b.customer in (select o.customer from payment_attempts o where ${by} and o.account = t.account and o.livemode = t.livemode)
    and b.id is distinct from coalesce((select subscription from setup_intents where id = t.intent), (select subscription from invoices where id = t.invoice))`;

/** What is counted, and the condition of its outcome. */
function countedIn(sql: Sql, counted: Exclude<Counter['counted'], 'trial'>): { what: Condition; outcome: Condition } {
  const all = { what: sql`*`, outcome: sql`` };
  switch (counted) {
    case 'authorized':
      return { ...all, outcome: sql`and o.status = 'succeeded'` };
    case 'blocked':
    case 'declined':
      return { ...all, outcome: sql`and o.answer ->> 'outcome' = ${counted}` };
    case 'card':
      return { ...all, what: sql`distinct o.fingerprint` };
    case 'email':
      return { ...all, what: sql`distinct w.email` };
    case 'total':
      return all;
  }
}

/** Whose attempts are counted, and whether that is known. */
function perOf(sql: Sql, per: Counter['per']): { by: Condition; known: Condition } {
  if (per === 'card_number') return { by: sql`o.fingerprint = t.fingerprint`, known: sql`true` };
  if (per === 'customer') return { by: sql`o.customer = t.customer`, known: sql`t.customer is not null` };
  return {
    by: sql`o.customer in (select id from customers e where e.account = t.account and e.livemode = t.livemode and e.email = who.email)`,
    known: sql`who.email is not null`,
  };
}
