/** What fraud rules look at: the values of a payment, its counters, and which lists have a value. */
import type { Counter } from '../domain/fraud/counters';
import { CASE_SENSITIVE, comparedAs } from '../domain/fraud/value-lists';
import type { DecisionRound, FraudDecision, RuleAction, RuleValues } from '../domain/rows/radar';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';

export interface PaymentToJudge extends Scope {
  created: number;
  intent: string;
  amount: number;
  currency: string;
  fingerprint: string;
  customer: string | null;
  email: string | null;
  /** By the names of their attributes; amounts and counters come besides. */
  values: RuleValues;
  metadata: { payment: Record<string, string>; customer: Record<string, string> };
}

type Address = 'billing' | 'shipping';

export async function loadPayment(sql: Sql, attempt: string): Promise<PaymentToJudge> {
  const address = (of: Address, from: ReturnType<typeof sql>) => sql`
    ${`${of}_address_city`}::text, ${from} ->> 'city', ${`${of}_address_country`}::text, ${from} ->> 'country',
    ${`${of}_address_line1`}::text, ${from} ->> 'line1', ${`${of}_address_line2`}::text, ${from} ->> 'line2',
    ${`${of}_address_postal_code`}::text, ${from} ->> 'postal_code', ${`${of}_address_state`}::text, ${from} ->> 'state'`;
  const [found] = await sql<PaymentToJudge[]>`
    select t.account, t.livemode, t.created, t.intent, t.amount, t.currency, t.fingerprint, t.customer, who.email,
      jsonb_build_object('payment', coalesce(p.metadata, '{}'), 'customer', coalesce(c.metadata, '{}')) as metadata,
      jsonb_build_object(${address('billing', sql`m.billing_details -> 'address'`)}, ${address('shipping', sql`p.shipping -> 'address'`)},
        'card_brand', m.card ->> 'brand', 'card_country', m.card ->> 'country', 'card_fingerprint', t.fingerprint,
        'card_funding', m.card ->> 'funding', 'charge_currency', t.currency, 'charge_description', p.description, 'customer', t.customer,
        'email', who.email, 'email_domain', substring(who.email from '@(.*)$'), 'payment_method_type', m.type, 'risk_level', m.risk_level,
        'is_3d_secure', t.three_d_secure is not null, 'is_3d_secure_authenticated', coalesce(t.three_d_secure = 'authenticated', false),
        'is_off_session', t.off_session, 'is_recurring', coalesce(i.billing_reason = 'subscription_cycle', false),
        'seconds_since_card_first_seen', t.created - (select min(o.created) from payment_attempts o
          where o.account = t.account and o.livemode = t.livemode and o.fingerprint = t.fingerprint and o.id <> t.id),
        'seconds_since_customer_created', t.created - c.created,
        'seconds_since_email_first_seen', t.created - (select min(e.created) from customers e
          where e.account = t.account and e.livemode = t.livemode and e.email = who.email)) as values
    from payment_attempts t join payment_methods m on m.id = t.payment_method left join payment_intents p on p.id = t.intent
    left join customers c on c.id = t.customer left join invoices i on i.id = t.invoice
    cross join lateral (select coalesce(c.email, p.receipt_email, m.billing_details ->> 'email') as email) who
    where t.id = ${attempt}`;
  if (!found) throw new Error(`there is no attempt ${attempt}`);
  return found;
}

/** The seller's newest rate; null if it has entered none. */
export async function rateTo(sql: Sql, { account, livemode }: Scope, from: string, to: string): Promise<number | null> {
  const [found] = await sql<{ rate: string }[]>`
    select rate from exchange_rates
    where account = ${account} and livemode = ${livemode} and from_currency = ${from} and to_currency = ${to} order by day desc limit 1`;
  return found ? Number(found.rate) : null;
}

/** Null: there is nobody by whom to count. */
export async function count(sql: Sql, { counted, per, seconds }: Counter, of: PaymentToJudge, attempt: string): Promise<number | null> {
  const by = perOf(sql, per, of);
  if (by === null) return null;
  const { what, outcome } = countedIn(sql, counted);
  const [found] = await sql<[{ count: number }]>`
    select count(${what})::int as count from payment_attempts o left join customers w on w.id = o.customer
    where ${by} and o.account = ${of.account} and o.livemode = ${of.livemode} and o.kind = 'payment' and o.id <> ${attempt}
      and o.created > ${of.created - seconds} and o.created <= ${of.created} ${outcome}`;
  return found.count;
}

/** What is counted, and the condition of its outcome. */
function countedIn(sql: Sql, counted: Counter['counted']) {
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

function perOf(sql: Sql, per: Counter['per'], { account, livemode, fingerprint, customer, email }: PaymentToJudge) {
  if (per === 'card_number') return sql`o.fingerprint = ${fingerprint}`;
  if (per === 'customer') return customer === null ? null : sql`o.customer = ${customer}`;
  if (email === null) return null;
  return sql`o.customer in (select id from customers where account = ${account} and livemode = ${livemode} and email = ${email})`;
}

/** Which of the lists have which of the values, as `alias value`. */
export async function loadListed(
  sql: Sql,
  { account, livemode }: Scope,
  aliases: readonly string[],
  values: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await sql<{ pair: string }[]>`
    select l.alias || ' ' || v.value as pair
    from value_lists l cross join unnest(${[...values]}::text[], ${values.map(withoutCase)}::text[]) v (value, without_case)
    where l.account = ${account} and l.livemode = ${livemode} and l.alias = any(${[...aliases]}) and not l.deleted
      and exists (select 1 from value_list_items i where i.value_list = l.id and not i.deleted
        and i.compared = case when l.item_type = any(${[...CASE_SENSITIVE]}) then v.value else v.without_case end)`;
  return new Set(found.map(({ pair }) => pair));
}

const withoutCase = (value: string): string => comparedAs('string', value);

/** The decision of this round, if it was made before. */
export async function findDecision(sql: Sql, attempt: string, round: DecisionRound): Promise<FraudDecision | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from fraud_decisions t where attempt = ${attempt} and round = ${round}`;
  return found ? (fromJson(found.row) as unknown as FraudDecision) : null;
}

/** The rule that decided on each charge, as it was then, or as it is now if the decision is not kept any more. */
export async function findDecisive(
  sql: Sql,
  { account, livemode }: Scope,
  charges: readonly string[],
): Promise<{ charge: string; id: string; action: RuleAction | null; predicate: string | null }[]> {
  return sql`
    select c.id as charge, c.outcome ->> 'rule' as id, coalesce("then".matched ->> 'action', r.action) as action,
      coalesce("then".matched ->> 'predicate', r.predicate) as predicate
    from charges c left join radar_rules r on r.id = c.outcome ->> 'rule' and r.account = c.account and r.livemode = c.livemode
    left join lateral (
      select matched from fraud_decisions d cross join jsonb_array_elements(d.matched) as matched
      where d.attempt = c.payment_intent || '/attempt-' || c.attempt and matched ->> 'id' = c.outcome ->> 'rule'
      order by d.seq desc limit 1) as "then" on true
    where c.id = any(${[...charges]}) and c.account = ${account} and c.livemode = ${livemode} and c.outcome ? 'rule'`;
}

/** A decision is made once: two tries at once keep the first, which both get. */
export async function keepDecision(sql: Sql, of: Omit<FraudDecision, 'id'>): Promise<FraudDecision> {
  const { account, livemode, created, attempt, paymentIntent, round, assessment, matched, values } = of;
  await sql`
    insert into fraud_decisions (id, account, livemode, created, attempt, payment_intent, round, assessment, matched, values)
    values ('rdec_' || substr(md5(${attempt} || ${round}), 1, 24), ${account}, ${livemode}, ${created}, ${attempt}, ${paymentIntent}, ${round},
      ${sql.json(assessment as never)}, ${sql.json(matched as never)}, ${sql.json(values)})
    on conflict (attempt, round) do nothing`;
  const kept = await findDecision(sql, attempt, round);
  if (kept === null) throw new Error(`no decision on ${attempt} was kept`);
  return kept;
}

/** Those of the aliases that no list has. */
export async function findUnknownLists(sql: Sql, { account, livemode }: Scope, aliases: readonly string[]): Promise<string[]> {
  if (aliases.length === 0) return [];
  const found = await sql<{ alias: string }[]>`
    select alias from value_lists where account = ${account} and livemode = ${livemode} and alias = any(${[...aliases]}) and not deleted`;
  return aliases.filter((alias) => !found.some((each) => each.alias === alias));
}

/** How many items a list has. */
export async function countItems(sql: TransactionSql, list: string): Promise<number> {
  const [found] = await sql<
    [{ count: number }]
  >`select count(*)::int as count from value_list_items where value_list = ${list} and not deleted`;
  return found.count;
}

/** The lists that have a value. */
export async function containing(sql: Sql, { account, livemode }: Scope, value: string): Promise<string[]> {
  const found = await sql<{ valueList: string }[]>`
    select i.value_list from value_list_items i join value_lists l on l.id = i.value_list
    where i.account = ${account} and i.livemode = ${livemode} and not i.deleted
      and i.compared = case when l.item_type = any(${[...CASE_SENSITIVE]}) then ${value} else ${withoutCase(value)} end`;
  return found.map(({ valueList }) => valueList);
}

/** What is on a list already stays as it is. `items` is the placeholder of a JSON array. */
export const putOnListsSql = (items: string): string => `
  insert into value_list_items (id, account, livemode, created, value_list, value, compared, created_by)
  select n.id, n.account, n.livemode, n.created, l.id, n.value, n.compared, 'dunlin'
  from jsonb_to_recordset(${items}) as n(id text, account text, livemode boolean, created bigint, alias text, value text, compared text)
  join value_lists l on l.account = n.account and l.livemode = n.livemode and l.alias = n.alias and not l.deleted
  on conflict do nothing`;
