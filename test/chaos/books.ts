/** What the books must say after any story, and what a story left in them without what differs from one telling to the next. */
import type { Sql } from '../../db/connect';
import { T0, type Cast } from './story';

/** Days since the story began, for people who read a difference. */
const day = (seconds: number | null): number | null => (seconds === null ? null : Math.round(((seconds - T0) / 86_400) * 1e4) / 1e4);

/**
 * Per part: its subscription, invoices, charges, and events in their order, ids left out. `payment_intent.processing` is left out
 * too: it says that a processor gave no answer for a minute, which is true only where it was killed that often. Nothing else may
 * differ, and no order.
 */
export async function storyOf(sql: Sql, { parts }: Cast): Promise<Record<string, PartTold>> {
  const told: Record<string, PartTold> = {};
  for (const [name, { customer, subscription }] of Object.entries(parts)) told[name] = await partOf(sql, customer, subscription);
  return told;
}

interface PartTold {
  subscription: { status: string; canceled: number | null; ended: number | null } | undefined;
  invoices: object[];
  charges: object[];
  events: string[];
}

async function partOf(sql: Sql, customer: string, subscription: string): Promise<PartTold> {
  const [row] = await sql<{ status: string; canceledAt: number | null; endedAt: number | null }[]>`
    select status, canceled_at, ended_at from subscriptions where id = ${subscription}`;
  const invoices = await sql<{ created: number; [column: string]: unknown }[]>`
    select created, billing_reason, status, amount_due, amount_paid, amount_remaining, attempt_count, split_part(number, '-', 2) as number
    from invoices where customer = ${customer} order by seq`;
  const charges = await sql<{ created: number; [column: string]: unknown }[]>`
    select created, status, amount, amount_refunded, attempt, failure_code from charges where customer = ${customer} order by created, seq`;
  const events = await sql<{ created: number; type: string; status: string | null }[]>`
    select created, type, object ->> 'status' as status from events
    where order_key in (${subscription}, ${customer}) and type <> 'payment_intent.processing' order by order_key = ${customer}, seq`;
  return {
    subscription: row && { status: row.status, canceled: day(row.canceledAt), ended: day(row.endedAt) },
    invoices: invoices.map(({ created, ...rest }) => ({ day: day(created), ...rest })),
    charges: charges.map(({ created, ...rest }) => ({ day: day(created), ...rest })),
    events: events.map(({ created, type, status }) => `${String(day(created))} ${type} ${status ?? ''}`),
  };
}

/** Every way in which the books contradict themselves or the processor; none is what there should be. */
export async function contradictions(sql: Sql): Promise<string[]> {
  const found = await Promise.all(CHECKS.map(async (check) => (await check(sql)).map(({ wrong }) => wrong)));
  return found.flat();
}

type Check = (sql: Sql) => PromiseLike<{ wrong: string }[]>;

const CHECKS: Check[] = [
  // The processor took money once for each invoice that a card paid, and never for another.
  (sql) => sql`
    select 'invoice ' || i.id || ' (' || i.status || ') was charged ' || count(o.key) || ' times' as wrong
    from invoices i left join payment_intents p on p.invoice = i.id left join payment_attempts t on t.intent = p.id
    left join sandbox_operations o on o.kind = 'charge' and coalesce(o.answer #>> '{settles,answer,outcome}', o.answer ->> 'outcome') = 'succeeded' and o.key in (t.id, t.id || '/authenticated')
    group by i.id
    having count(o.key) <> case when i.status = 'paid' and i.amount_paid > 0 and not i.paid_out_of_band then 1 else 0 end`,
  // What the processor did is in the books.
  (sql) => sql`
    select 'operation ' || o.key || ' has no charge' as wrong from sandbox_operations o
    where o.kind = 'charge' and o.answer ->> 'outcome' = 'succeeded' and (
      select count(*) from charges c where c.gateway_reference = o.key and c.status = 'succeeded' and c.amount = o.amount) <> 1`,
  (sql) => sql`
    select 'charge ' || c.id || ' was never made' as wrong from charges c
    where c.status = 'succeeded' and not exists (select 1 from sandbox_operations o where o.key = c.gateway_reference)`,
  (sql) => sql`select 'attempt ' || id || ' is still ' || status as wrong from payment_attempts where status in ('open', 'unknown')`,
  (sql) => sql`
    select 'refund ' || r.id || ' was sent ' || count(o.key) || ' times' as wrong
    from refunds r left join sandbox_operations o on o.kind = 'refund' and o.key like r.id || '%'
    where r.status = 'succeeded' group by r.id having count(o.key) <> 1`,
  // The ledger.
  (sql) => sql`
    select 'the ledger is off by ' || sum(amount) || ' ' || currency as wrong from ledger_entries group by currency having sum(amount) <> 0`,
  (sql) => sql`
    select 'receivable of invoice ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) || ', not ' || i.amount_remaining as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account = 'receivable'
    group by i.id
    having coalesce(sum(e.amount), 0) <> case when i.status = 'open' then i.amount_remaining else 0 end`,
  (sql) => sql`
    select 'cash is ' || cash || ', charges are ' || charged as wrong from (
      select coalesce((select sum(e.amount) from ledger_entries e join ledger_transactions t on t.id = e.transaction
          where e.ledger_account = 'cash_clearing' and t.type = 'charge' and e.amount > 0), 0) as cash,
        coalesce((select sum(amount_captured) from charges where status = 'succeeded'), 0) as charged) of where cash <> charged`,
  // Each change of state has one event, and the last event shows what is.
  (sql) => sql`
    select type || ' of ' || object_id || ' came ' || count(*) || ' times' as wrong from events
    where type in ('invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded', 'invoice.voided', 'charge.succeeded',
      'charge.failed', 'payment_intent.created', 'payment_intent.succeeded', 'customer.created', 'customer.subscription.created',
      'customer.subscription.deleted', 'customer.subscription.trial_will_end', 'invoice_payment.paid', 'charge.refunded')
    group by type, object_id having count(*) > 1`,
  (sql) => sql`
    select wanted.type || ' of ' || wanted.id || ' is missing' as wrong from (
      select id, 'invoice.created' as type from invoices where not hidden
      union all select id, 'invoice.finalized' from invoices where not hidden and status <> 'draft' and not deleted
      union all select id, 'invoice.paid' from invoices where not hidden and status = 'paid'
      union all select id, 'charge.' || status from charges
      union all select id, 'payment_intent.succeeded' from payment_intents where status = 'succeeded'
      union all select id, 'customer.subscription.created' from subscriptions where not hidden
      union all select id, 'customer.subscription.deleted' from subscriptions where status = 'canceled' and not hidden) wanted
    where not exists (select 1 from events e where e.object_id = wanted.id and e.type = wanted.type)`,
  (sql) => sql`
    select 'the last event of ' || s.id || ' says ' || (e.object ->> 'status') || ', not ' || s.status as wrong
    from (select id, status from subscriptions where not hidden union all select id, status from invoices where not hidden and not deleted
      union all select id, status from payment_intents) s
    join lateral (select object from events where object_id = s.id order by seq desc limit 1) e on true
    where e.object ->> 'status' <> s.status`,
  // Each event of a span that was billed is billed once.
  (sql) => sql`
    select 'usage of ' || u.subscription_item || ' is ' || counted.sum || ', billed ' || u.billed_quantity as wrong
    from usage_periods u join subscriptions s on s.id = u.subscription
    cross join lateral (
      select coalesce(sum(e.value), 0) as sum from meter_events e join meter_series m on m.id = e.series
      where m.customer = s.customer and m.meter = u.meter and not e.canceled and e.at >= u.period_start and e.at < u.period_end) counted
    where counted.sum <> u.billed_quantity::numeric`,
  // Numbers without a gap, customer by customer.
  (sql) => sql`
    select 'the invoice numbers of ' || customer || ' have a gap' as wrong from invoices where number is not null
    group by customer having max(split_part(number, '-', 2)::int) <> count(*)`,
];
