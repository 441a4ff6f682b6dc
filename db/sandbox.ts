/** The sandbox gateway's memory: the state that a real processor would keep, and the faults that testers order. */
import { LIMITS } from '../domain/core/limits';
import type { Settled, SettlementRecord } from '../domain/rows/reconciliation';
import type { Sql } from './connect';

interface Seller {
  account: string;
  livemode: boolean;
  /** The name under which the sandbox stands in for a processor. */
  processor: string;
}

type Fault = 'lose_answer' | 'fail_before' | 'outage' | 'decline';

interface Operation {
  key: string;
  kind: string;
  amount: number | null;
  currency: string | null;
  card: string | null;
  answer: unknown;
  /** The answer instead, if a tester has ordered a decline; null where nothing can be declined. */
  decline: unknown;
}

interface Memory {
  perform: (operation: Operation) => Promise<{ fault: Exclude<Fault, 'decline'> | null; answer: unknown }>;
  recall: (key: string) => Promise<{ card: string | null; answer: unknown } | null>;
  isAway: () => Promise<boolean>;
  settled: (range: { from: number; to: number }) => Promise<SettlementRecord>;
}

/** @param seller the owner of these operations and faults */
export function sandboxMemory(sql: Sql, seller: Seller): Memory {
  return {
    perform: async (operation: Operation) => perform(sql, seller, operation),
    recall: async (key: string) => recall(sql, key),
    isAway: async () => (await takeFault(sql, seller)) !== null,
    settled: async (range) => ({ kinds: ['charge', 'refund'], rows: await settled(sql, seller, range) }),
  };
}

/** Testers order faults in test mode, and they happen only there. */
const faultsOf = (sql: Sql, { account, livemode, processor }: Seller) =>
  sql`account = ${account} and not ${livemode} and (processor is null or processor = ${processor})`;

/** One statement. A fault that comes before the operation leaves no trace of it. */
async function perform(
  sql: Sql,
  seller: Seller,
  { key, kind, amount, currency, card, answer, decline }: Operation,
): ReturnType<Memory['perform']> {
  const [row] = await sql<{ fault: Fault | null; answer: unknown }[]>`
    with fault as (
      update sandbox_faults set remaining = remaining - 1 where id = (
        select id from sandbox_faults where remaining > 0 and ${faultsOf(sql, seller)} and (match is null or match in (${card}::text, ${amount}::text, ${kind}::text))
          and (kind <> 'decline' or ${decline !== null})
        order by id limit 1 for update) and remaining > 0
      returning kind),
    done as (
      insert into sandbox_operations (key, account, livemode, processor, kind, amount, currency, card, answer)
      select ${key}, ${seller.account}, ${seller.livemode}, ${seller.processor}, ${kind}, ${amount}::bigint, ${currency}, ${card},
        case when exists (select 1 from fault where kind = 'decline') then ${sql.json(decline as never)}::jsonb else ${sql.json(answer as never)}::jsonb end
      where not exists (select 1 from fault where kind not in ('lose_answer', 'decline'))
      on conflict (key) do nothing returning answer)
    select (select kind from fault) as fault,
      coalesce((select answer from done), (select answer from sandbox_operations where key = ${key})) as answer`;
  if (row?.fault && row.fault !== 'decline') return { fault: row.fault, answer: null };
  // A concurrent call did the operation: its row was not visible to the statement before, and is now.
  return { fault: null, answer: row?.answer ?? (await recall(sql, key))?.answer };
}

async function recall(sql: Sql, key: string): Promise<{ card: string | null; answer: unknown } | null> {
  const [row] = await sql<{ card: string | null; answer: unknown }[]>`select card, answer from sandbox_operations where key = ${key}`;
  return row ?? null;
}

/** The money that it moved: captured charges and refunds. An authorization is captured within a week. Fees are not part of its memory. */
async function settled(sql: Sql, { account, livemode, processor }: Seller, { from, to }: { from: number; to: number }): Promise<Settled[]> {
  return sql<Settled[]>`
    with mine as (
      select * from sandbox_operations where account = ${account} and livemode = ${livemode} and processor = ${processor}
        and created >= to_timestamp(${from}) - interval '8 days' and created < to_timestamp(${to}))
    select 'charge' as kind, c.key as reference, coalesce(k.amount, c.amount) as amount, c.currency, 'succeeded' as status, null as fee,
      floor(extract(epoch from coalesce(k.created, c.created)))::bigint as at
    from mine c left join lateral (
      select sum(o.amount)::bigint as amount, min(o.created) as created from sandbox_operations o
      where o.kind = 'capture' and o.key in (
        select replace(c.key, '/authenticated', '') || '/capture' || suffix from (
          values (''), ('-at-once') union all select '-' || n from generate_series(2, ${LIMITS.capturesOfPayment.max}) n) s (suffix))) k on true
    where c.kind = 'charge' and c.answer ->> 'outcome' = 'succeeded' and (c.answer ->> 'captured' = 'true' or k.amount is not null)
      and coalesce(k.created, c.created) >= to_timestamp(${from}) and coalesce(k.created, c.created) < to_timestamp(${to})
    union all
    select 'refund', key, amount, currency,
      case when answer #>> '{settles,as}' = 'failed' and created + (answer #>> '{settles,afterSeconds}')::int * interval '1 second' <= now()
        then 'failed' else 'succeeded' end, null, floor(extract(epoch from created))::bigint
    from mine where kind = 'refund' and answer ->> 'outcome' in ('succeeded', 'pending') and created >= to_timestamp(${from})`;
}

async function takeFault(sql: Sql, seller: Seller): Promise<string | null> {
  const [row] = await sql<{ kind: string }[]>`
    update sandbox_faults set remaining = remaining - 1 where id = (
      select id from sandbox_faults where remaining > 0 and ${faultsOf(sql, seller)} and kind = 'outage' order by id limit 1 for update) and remaining > 0
    returning kind`;
  return row?.kind ?? null;
}

/**
 * @param fault `match`: a card's name, an amount in minor units, or a kind of operation; null matches all. `processor`: null is each of them
 */
export async function orderFault(
  sql: Sql,
  account: string,
  fault: { kind: Fault; match: string | null; count: number; processor: string | null },
): Promise<void> {
  const { kind, match, count, processor } = fault;
  await sql`
    insert into sandbox_faults (account, kind, match, remaining, processor) values (${account}, ${kind}, ${match}, ${count}, ${processor})`;
}

export async function clearFaults(sql: Sql, account: string): Promise<void> {
  await sql`delete from sandbox_faults where account = ${account}`;
}
