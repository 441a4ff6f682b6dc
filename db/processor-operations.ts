/** What a processor's own names refer to, and the webhooks that were acted on. Not limited to an account: several may have the same processor. */
import type { PaymentAttempt } from '../domain/rows/payment-attempt';
import type { ProcessorEvent } from '../domain/rows/processor-event';
import type { IntentOfSecret } from './client-secrets';
import type { Sql } from './connect';
import { fromJson } from './json-rows';

export type AttemptedIntent = IntentOfSecret & { attempt: PaymentAttempt['status'] };

/** The intent of the attempt that has this reference at the processor, as it is now. */
export async function findAttemptedIntent(sql: Sql, processor: string, reference: string): Promise<AttemptedIntent | null> {
  const [found] = await sql<{ kind: PaymentAttempt['kind']; status: PaymentAttempt['status']; row: Record<string, unknown> }[]>`
    select t.kind, t.status, coalesce(to_jsonb(p), to_jsonb(s)) as row
    from payment_attempts t left join payment_intents p on p.id = t.intent left join setup_intents s on s.id = t.intent
    where t.gateway = ${processor} and t.gateway_reference = ${reference} order by t.seq desc limit 1`;
  if (!found) return null;
  const kind = found.kind === 'setup' ? 'setupIntent' : 'paymentIntent';
  return { kind, attempt: found.status, row: fromJson(found.row) } as unknown as AttemptedIntent;
}

interface Owned {
  id: string;
  account: string;
  livemode: boolean;
  customer: string | null;
}

/** @param key our own name of the attempt, under which it was sent */
export async function findAttemptAt(
  sql: Sql,
  { processor, key, livemode }: { processor: string; key: string; livemode: boolean },
): Promise<(Owned & { intent: string }) | null> {
  const [found] = await sql<(Owned & { intent: string })[]>`
    select id, account, livemode, customer, intent from payment_attempts
    where id = ${key} and gateway = ${processor} and livemode = ${livemode} and kind = 'payment'`;
  return found ?? null;
}

/** @param key our own name of it, under which it was sent */
export async function findRefundAt(
  sql: Sql,
  { key, livemode }: { key: string; livemode: boolean },
): Promise<(Owned & { charge: string }) | null> {
  const [found] = await sql<(Owned & { charge: string })[]>`
    select id, account, livemode, customer, charge from refunds where id = ${key} and livemode = ${livemode}`;
  return found ?? null;
}

/** The charge that the payment at the processor has made. */
export async function findChargeAt(
  sql: Sql,
  { processor, payment, livemode }: { processor: string; payment: string; livemode: boolean },
): Promise<Owned | null> {
  const [found] = await sql<Owned[]>`
    select id, account, livemode, customer from charges
    where gateway = ${processor} and gateway_reference = ${payment} and gateway_reference not like '%/%' and livemode = ${livemode} and status = 'succeeded'`;
  return found ?? null;
}

/** Payment methods that are this card at the processor; it keeps them as `customer/method`. */
export async function findStoredMethods(
  sql: Sql,
  { processor, method, livemode }: { processor: string; method: string; livemode: boolean },
): Promise<Owned[]> {
  return sql<Owned[]>`
    select id, account, livemode, customer from payment_methods
    where gateway = ${processor} and gateway not like 'sandbox%' and split_part(gateway_reference, '/', 2) = ${method} and livemode = ${livemode}`;
}

/** @returns whether its effects are committed already */
export async function noteProcessorEvent(sql: Sql, { processor, id, livemode, type }: ProcessorEvent): Promise<boolean> {
  const [row] = await sql<{ isHandled: boolean }[]>`
    insert into processor_events as e (processor, id, livemode, type) values (${processor}, ${id}, ${livemode}, ${type})
    on conflict (processor, id) do update set received = e.received
    returning handled is not null as is_handled`;
  return row?.isHandled ?? false;
}

/** @param fetched no webhook has brought it in time */
export async function finishProcessorEvent(sql: Sql, { processor, id }: ProcessorEvent, { fetched }: { fetched: boolean }): Promise<void> {
  await sql`update processor_events set handled = now(), fetched = ${fetched} where processor = ${processor} and id = ${id}`;
}
