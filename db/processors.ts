/** The processors of a seller: whether they run, and what operators have done with them. What waits for them is in `db/sending.ts`. */
import type { Scope } from '../domain/core/steps';
import { afterFailure, type Health } from '../domain/payment/processor-health';
import type { WaitingReason } from '../domain/rows/waiting';
import { randomId } from './ids';
import { pageOfTable, type TablePage, type TableWanted } from './lists';
import { forgetTurns, rateAt } from './sending';
import type { PendingQuery, Row } from 'postgres';
import type { Sql, TransactionSql } from './connect';

/** Stands for all of them: while it is paused, no money moves. No processor may be called so. */
export const ALL = 'all';

export interface ProcessorState {
  processor: string;
  status: 'running' | 'paused';
  pausedBy: 'operator' | 'failures' | null;
  pausedAt: number | null;
  reason: string | null;
  failures: number;
  perSecond: number;
  waitingCharges: number;
  waitingCaptures: number;
  waitingRefunds: number;
  /** When the oldest of them was due, epoch seconds on its customer's time. */
  waitingSince: number | null;
  /** When its events were last read. Null: it has none to read, or they have not been read yet. */
  eventsReadAt: number | null;
  /** How many no webhook has brought, of those that are kept. */
  eventsMissed: number;
  /** Why the last try has not read everything; null if it has. */
  eventsError: string | null;
}

export interface OperatorAction {
  id: string;
  created: number;
  action: 'pause' | 'resume';
  processor: string;
  apiKey: string | null;
  reason: string | null;
  perSecond: number | null;
}

const ACTION = ['id', 'created', 'action', 'processor', 'api_key', 'reason', 'per_second'];

/** Who does it, and why. Without a key it is Dunlin itself. */
export interface By {
  key: string | null;
  reason: string | null;
}

const epochSeconds = (): number => Math.floor(Date.now() / 1000);

/** The reason to keep back what moves money at this processor; null if there is none. A fragment with one value. */
export const pausedAt = (sql: Sql, account: string, livemode: string, processor: string): PendingQuery<Row[]> => sql`
  (select min(case s.processor when ${ALL} then 'money_stopped' else 'processor_paused' end) from processor_states s
    where s.account = ${sql.unsafe(account)} and s.livemode = ${sql.unsafe(livemode)} and s.status = 'paused'
      and s.processor in (${ALL}, ${sql.unsafe(processor)}))`;

/** Whether the processor has failed since its last answer. A fragment. */
export const failingAt = (sql: Sql, account: string, livemode: string, processor: string): PendingQuery<Row[]> => sql`
  exists (select 1 from processor_states s where s.account = ${sql.unsafe(account)} and s.livemode = ${sql.unsafe(livemode)}
    and s.processor = ${sql.unsafe(processor)} and s.failures > 0)`;

export async function whyPaused(sql: Sql, { account, livemode }: Scope, processor: string): Promise<WaitingReason | null> {
  const [row] = await sql<{ why: WaitingReason | null }[]>`
    select min(case processor when ${ALL} then 'money_stopped' else 'processor_paused' end) as why from processor_states
    where account = ${account} and livemode = ${livemode} and status = 'paused' and processor in (${ALL}, ${processor})`;
  return row?.why ?? null;
}

/** Pauses it. Null if it is paused already. */
export async function pauseProcessor(sql: Sql, scope: Scope, processor: string, by: By): Promise<OperatorAction | null> {
  return sql.begin(async (tx) => {
    const { status, pausedBy } = await lockState(tx, scope, processor);
    // An operator's pause does not end by itself, so it takes the place of one by failures.
    if (status === 'paused' && (pausedBy === 'operator' || by.key === null)) return null;
    await tx`
      update processor_states set status = 'paused', paused_by = ${by.key === null ? 'failures' : 'operator'}, paused_at = ${epochSeconds()},
        reason = ${by.reason}
      where account = ${scope.account} and livemode = ${scope.livemode} and processor = ${processor}`;
    await forgetTurns(tx, scope, processor === ALL ? null : processor);
    return record(tx, scope, { action: 'pause', processor, ...by, perSecond: null });
  });
}

/**
 * @param perSecond so many of what waits are sent per second; null: as before. The rate of all takes the place of every other, and one that is set
 * later of that. Null if it runs already, at this rate.
 */
export async function resumeProcessor(
  sql: Sql,
  scope: Scope,
  processor: string,
  { perSecond, ...by }: By & { perSecond: number | null },
): Promise<OperatorAction | null> {
  return sql.begin(async (tx) => {
    const before = await lockState(tx, scope, processor);
    const changed = perSecond !== null && (await setRate(tx, scope, processor, { perSecond, before: before.perSecond }));
    if (before.status === 'running' && !changed) return null;
    await tx`
      update processor_states set status = 'running', paused_by = null, paused_at = null, reason = null, failures = 0, failing_since = null
      where account = ${scope.account} and livemode = ${scope.livemode} and processor = ${processor}`;
    if (changed) await forgetTurns(tx, scope, processor === ALL ? null : processor);
    return record(tx, scope, { action: 'resume', processor, ...by, perSecond: perSecond ?? before.perSecond });
  });
}

/** Whether that is another rate than before, of this processor, or of any one if it is set for all. */
async function setRate(
  tx: TransactionSql,
  { account, livemode }: Scope,
  processor: string,
  { perSecond, before }: { perSecond: number; before: number },
): Promise<boolean> {
  const others =
    processor === ALL
      ? await tx`
    update processor_states set per_second = null
    where account = ${account} and livemode = ${livemode} and processor <> ${ALL} and per_second is not null and per_second <> ${perSecond}
    returning processor`
      : [];
  await tx`
    update processor_states set per_second = ${perSecond}
    where account = ${account} and livemode = ${livemode} and processor = ${processor}`;
  return perSecond !== before || others.length > 0;
}

type Locked = Health & Pick<ProcessorState, 'pausedBy' | 'perSecond' | 'status'>;

async function lockState(tx: TransactionSql, { account, livemode }: Scope, processor: string): Promise<Locked> {
  await tx`insert into processor_states (account, livemode, processor) values (${account}, ${livemode}, ${processor}) on conflict do nothing`;
  const [row] = await tx<Locked[]>`
    select status, paused_by, ${rateAt(tx as unknown as Sql, 's.account', 's.livemode', 's.processor')} as per_second, failures, failing_since
    from processor_states s
    where account = ${account} and livemode = ${livemode} and processor = ${processor} for update`;
  if (!row) throw new Error('a row that was inserted is not there');
  return row;
}

async function record(
  tx: TransactionSql,
  { account, livemode }: Scope,
  { action, processor, key, reason, perSecond }: By & Pick<OperatorAction, 'action' | 'perSecond' | 'processor'>,
): Promise<OperatorAction> {
  const [row] = await tx<OperatorAction[]>`
    insert into operator_actions (id, account, livemode, created, action, processor, api_key, reason, per_second)
    values (${randomId('opact')}, ${account}, ${livemode}, ${epochSeconds()}, ${action}, ${processor}, ${key}, ${reason}, ${perSecond})
    returning ${tx(ACTION)}`;
  if (!row) throw new Error('an action that was inserted is not there');
  return row;
}

/** A call had no answer. True if it is paused for that now. */
export async function noteFailure(sql: Sql, scope: Scope, processor: string): Promise<boolean> {
  const isAway = await sql.begin(async (tx) => {
    const { status, ...health } = await lockState(tx, scope, processor);
    const after = afterFailure(health, epochSeconds());
    await tx`
      update processor_states set failures = ${after.failures}, failing_since = ${after.failingSince}
      where account = ${scope.account} and livemode = ${scope.livemode} and processor = ${processor}`;
    return after.isAway && status === 'running';
  });
  if (!isAway) return false;
  return (await pauseProcessor(sql, scope, processor, { key: null, reason: 'calls were not answered' })) !== null;
}

/** It has answered: its failures are over, and so is a pause because of them. True if it was paused. */
export async function noteAnswer(sql: Sql, scope: Scope, processor: string): Promise<boolean> {
  const [row] = await sql<{ paused: boolean }[]>`
    update processor_states set failures = 0, failing_since = null
    where account = ${scope.account} and livemode = ${scope.livemode} and processor = ${processor} and failures > 0
    returning status = 'paused' and paused_by = 'failures' as paused`;
  if (row?.paused !== true) return false;
  return (await resumeProcessor(sql, scope, processor, { key: null, reason: 'a call was answered', perSecond: null })) !== null;
}

/**
 * Resumes processors that nobody asks any more: the calls that had no answer are gone with their test clock. Whether they answer is found out by
 * what is sent next.
 */
export async function resumeUnasked(sql: Sql, now: number): Promise<void> {
  const unasked = await sql<(Scope & { processor: string })[]>`
    select account, livemode, processor from processor_states s
    where status = 'paused' and paused_by = 'failures' and paused_at < ${now - UNASKED_SECONDS}
      and not exists (select 1 from payment_attempts a where a.account = s.account and a.livemode = s.livemode and a.gateway = s.processor
        and a.status in ('open', 'unknown') and a.status in ('open', 'requires_action', 'unknown', 'processing', 'waiting'))
      and not exists (select 1 from refunds r where r.account = s.account and r.livemode = s.livemode and r.pending_call = 'resolve')`;
  for (const { processor, ...scope } of unasked) {
    await resumeProcessor(sql, scope, processor, { key: null, reason: 'no call waits for an answer', perSecond: null });
  }
}

const UNASKED_SECONDS = 300;

/** The state of each processor, in the order of the names. One that was never paused and never failed has no row, and runs. */
export async function listProcessors(sql: Sql, { account, livemode }: Scope, names: readonly string[]): Promise<ProcessorState[]> {
  return sql<ProcessorState[]>`
    with waiting as (
      select gateway as processor, case status when 'waiting' then 'charge' else 'capture' end as what, created from payment_attempts
        where account = ${account} and livemode = ${livemode} and waiting_for is not null
      union all
      select c.gateway, 'refund', r.created from refunds r join charges c on c.id = r.charge
        where r.account = ${account} and r.livemode = ${livemode} and r.waiting_for is not null)
    select n.processor, coalesce(s.status, 'running') as status, s.paused_by, s.paused_at, s.reason, coalesce(s.failures, 0) as failures,
      ${rateAt(sql, 'n.account', 'n.livemode', 'n.processor')} as per_second, count(w.what) filter (where w.what = 'charge') as waiting_charges,
      count(w.what) filter (where w.what = 'capture') as waiting_captures, count(w.what) filter (where w.what = 'refund') as waiting_refunds,
      min(w.created) as waiting_since, f.read_at as events_read_at, f.error as events_error,
      (select count(*) from processor_events e where e.processor = n.processor and e.livemode = n.livemode and e.fetched) as events_missed
    from (select ${account}::text as account, ${livemode}::boolean as livemode, u.processor, u.place
      from unnest(${names as string[]}::text[]) with ordinality as u (processor, place)) n
    left join processor_states s on s.account = n.account and s.livemode = n.livemode and s.processor = n.processor
    left join processor_fetches f on f.processor = n.processor and f.livemode = n.livemode
    left join waiting w on n.processor in (w.processor, ${ALL})
    group by n.account, n.livemode, n.processor, n.place, s.status, s.paused_by, s.paused_at, s.reason, s.failures, f.read_at, f.error
    order by n.place`;
}

/** Null for an unknown cursor. */
export const listOperatorActions = (
  sql: Sql,
  scope: Scope,
  { processor, ...page }: TableWanted & { processor: string | null },
): Promise<TablePage<OperatorAction> | null> =>
  pageOfTable(sql, { table: 'operator_actions', columns: ACTION, equal: { processor } }, scope, page);
