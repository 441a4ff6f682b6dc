/** Our side of reconciliation: what is booked, what was compared, and the differences. */
import type { Scope } from '../domain/core/steps';
import { differencesBetween } from '../domain/payment/reconciliation';
import type { Booked, Difference, DifferenceState, SettlementRecord } from '../domain/rows/reconciliation';
import type { Sql, TransactionSql } from './connect';
import { randomId } from './ids';
import { pageOfTable, type TablePage, type TableWanted } from './lists';

export interface ReconciliationOf extends Scope {
  processor: string;
  /** `2026-11-29`, UTC. */
  day: string;
}

export interface Reconciliation {
  id: string;
  created: number;
  processor: string;
  day: string;
  source: 'file' | 'processor';
  status: 'done' | 'not_available';
  compared: number;
  differences: number;
}

export type DifferenceRow = Difference & {
  id: string;
  created: number;
  processor: string;
  day: string;
  state: DifferenceState;
  owner: string | null;
  note: string | null;
};

/** The day's beginning and end, epoch seconds. */
export function rangeOf(day: string): { from: number; to: number } {
  const from = Date.parse(`${day}T00:00:00Z`) / 1000;
  return { from, to: from + 86_400 };
}

/**
 * What is booked of the processor on the day in real time, and whatever has one of the references. Objects on test clocks live in their own time, so
 * only their references count.
 */
async function booked(sql: Sql, { account, livemode, processor, day }: ReconciliationOf, references: string[]): Promise<Booked[]> {
  const { from, to } = rangeOf(day);
  return sql<Booked[]>`
    with mine as (
      select 'charge' as kind, c.id as object, c.gateway_reference as reference, c.amount_captured as amount, c.currency,
        c.customer, case when c.payment_method_details ? 'multicapture' then (${feesOfCharge(sql)}) else b.fee end as fee, b.created as at, 'succeeded' as status
      from charges c join balance_transactions b on b.id = c.balance_transaction
      where c.account = ${account} and c.livemode = ${livemode} and c.gateway = ${processor} and c.status = 'succeeded'
        and (c.gateway_reference = any(${references}) or (b.created >= ${from} and b.created < ${to}))
      union all
      select 'refund', r.id, r.gateway_reference, r.amount, r.currency, r.customer, b.fee, b.created,
        case r.status when 'failed' then 'failed' else 'succeeded' end
      from refunds r join charges c on c.id = r.charge join balance_transactions b on b.id = r.balance_transaction
      where r.account = ${account} and r.livemode = ${livemode} and c.gateway = ${processor}
        and (r.gateway_reference = any(${references}) or (b.created >= ${from} and b.created < ${to}))
      union all
      select b.reporting_category, d.id, d.gateway_reference, abs(b.amount), b.currency, d.customer,
        case b.reporting_category when 'dispute' then b.fee + coalesce((
          select sum(x.fee) from balance_transactions x where x.id = any(d.balance_transactions) and x.reporting_category = 'fee'), 0)::bigint end,
        b.created, 'succeeded'
      from disputes d join charges c on c.id = d.charge join balance_transactions b on b.id = any(d.balance_transactions)
      where d.account = ${account} and d.livemode = ${livemode} and c.gateway = ${processor} and b.amount <> 0
        and (d.gateway_reference = any(${references}) or (b.created >= ${from} and b.created < ${to})))
    select m.kind, m.object, m.reference, m.amount, m.currency, m.fee, m.at, m.status from mine m left join customers u on u.id = m.customer
    where m.reference is not null and (u.test_clock is null or m.reference = any(${references})) order by m.at, m.object`;
}

/** Of a charge that was captured in several parts: each is posted with its fee. */
const feesOfCharge = (sql: Sql) => sql`
  select coalesce(sum(e.amount), 0)::bigint from ledger_transactions l join ledger_entries e on e.transaction = l.id
  where l.source = c.id and l.type = 'charge' and e.ledger_account = 'processor_fees'`;

/** What is booked of the processor on the day, in real time. */
export const bookedOn = (sql: Sql, of: ReconciliationOf): Promise<Booked[]> => booked(sql, of, []);

/**
 * Compares, and keeps each difference once, however often it is found. One that is not found any more is resolved; what a person has accepted stays so.
 *
 * @param theirs null: the processor has no such record
 */
export async function reconcile(
  sql: Sql,
  of: ReconciliationOf,
  { theirs, source }: { theirs: SettlementRecord | null; source: Reconciliation['source'] },
): Promise<Reconciliation> {
  const found = theirs === null ? [] : await differences(sql, of, theirs);
  return sql.begin(async (tx) => {
    const { account, livemode, processor, day } = of;
    const [row] = await tx<Reconciliation[]>`
      insert into reconciliations (id, account, livemode, created, processor, day, source, status, compared, differences)
      values (${randomId('recon')}, ${account}, ${livemode}, ${Math.floor(Date.now() / 1000)}, ${processor}, ${day}, ${source},
        ${theirs === null ? 'not_available' : 'done'}, ${theirs?.rows.length ?? 0}, ${found.length})
      returning ${tx(RECONCILIATION)}`;
    if (!row) throw new Error('a reconciliation that was inserted is not there');
    if (theirs !== null) await keepDifferences(tx, of, { found, reconciliation: row });
    return row;
  });
}

async function differences(sql: Sql, of: ReconciliationOf, { kinds, rows: all }: SettlementRecord): Promise<Difference[]> {
  const others = await ofOthers(sql, of, all);
  const rows = all.filter(({ reference }) => !others.has(reference));
  const references = rows.map(({ reference }) => reference);
  return differencesBetween({ ours: await booked(sql, of, references), theirs: { kinds, rows }, ...rangeOf(of.day) });
}

/** References that are another seller's, who has the same account at the processor. */
async function ofOthers(sql: Sql, { account, processor }: ReconciliationOf, all: readonly { reference: string }[]): Promise<Set<string>> {
  const references = all.map(({ reference }) => reference);
  const rows = await sql<{ reference: string }[]>`
    select c.gateway_reference as reference from charges c
    where c.gateway = ${processor} and c.gateway_reference = any(${references}) and c.account <> ${account}
    union all
    select r.gateway_reference from refunds r join charges c on c.id = r.charge
    where c.gateway = ${processor} and r.gateway_reference = any(${references}) and r.account <> ${account}
    union all
    select d.gateway_reference from disputes d join charges c on c.id = d.charge
    where c.gateway = ${processor} and d.gateway_reference = any(${references}) and d.account <> ${account}`;
  return new Set(rows.map(({ reference }) => reference));
}

async function keepDifferences(
  tx: TransactionSql,
  { account, livemode, processor, day }: ReconciliationOf,
  { found, reconciliation: { id, created } }: { found: Difference[]; reconciliation: Reconciliation },
): Promise<void> {
  const rows = found.map((each) => ({ id: randomId('recdiff'), ...each }));
  // In one statement: a file of a whole day may have no row that is ours.
  await tx`
    insert into reconciliation_differences as d (id, account, livemode, created, reconciliation, processor, day, kind, object_kind, reference, object,
      ours, theirs)
    select r.id, ${account}, ${livemode}, ${created}, ${id}, ${processor}, ${day}, r.kind, r."objectKind", r.reference, r.object,
      r.ours, r.theirs
    from jsonb_to_recordset(${tx.json(rows as never)})
      as r(id text, kind text, "objectKind" text, reference text, object text, ours jsonb, theirs jsonb)
    on conflict (account, livemode, processor, object_kind, reference, kind) do update set reconciliation = excluded.reconciliation,
      object = excluded.object, ours = excluded.ours, theirs = excluded.theirs, state = case d.state when 'accepted' then d.state else 'open' end`;
  // Every difference that was found names this comparison now.
  await tx`
    update reconciliation_differences set state = 'resolved'
    where account = ${account} and livemode = ${livemode} and processor = ${processor} and day = ${day} and state = 'open' and reconciliation <> ${id}`;
}

const RECONCILIATION = ['id', 'created', 'processor', 'day', 'source', 'status', 'compared', 'differences'];
const DIFFERENCE = [
  ...['id', 'created', 'processor', 'day', 'kind', 'object_kind', 'reference', 'object', 'ours', 'theirs'],
  ...['state', 'owner', 'note'],
];

/** Null for an unknown cursor. */
export const listReconciliations = (sql: Sql, scope: Scope, page: TableWanted): Promise<TablePage<Reconciliation> | null> =>
  pageOfTable(sql, { table: 'reconciliations', columns: RECONCILIATION, equal: {} }, scope, page);

/** Null for an unknown cursor. */
export const listDifferences = (
  sql: Sql,
  scope: Scope,
  { state, processor, ...page }: TableWanted & { state: DifferenceState | null; processor: string | null },
): Promise<TablePage<DifferenceRow> | null> =>
  pageOfTable(sql, { table: 'reconciliation_differences', columns: DIFFERENCE, equal: { state, processor } }, scope, page);

/** Null if there is no such difference. What is undefined stays. */
export async function updateDifference(
  sql: Sql,
  { account, livemode }: Scope,
  id: string,
  change: { state: DifferenceState | undefined; owner: string | null | undefined; note: string | null | undefined },
): Promise<DifferenceRow | null> {
  const { state = null, owner, note } = change;
  const [row] = await sql<DifferenceRow[]>`
    update reconciliation_differences set state = coalesce(${state}, state),
      owner = case when ${owner === undefined} then owner else ${owner ?? null} end,
      note = case when ${note === undefined} then note else ${note ?? null} end
    where id = ${id} and account = ${account} and livemode = ${livemode} returning ${sql(DIFFERENCE)}`;
  return row ?? null;
}

/** Sellers who have charged on the day with a processor, and have not compared it. */
export async function unreconciled(sql: Sql, day: string): Promise<ReconciliationOf[]> {
  const { from, to } = rangeOf(day);
  const rows = await sql<Omit<ReconciliationOf, 'day'>[]>`
    select a.id as account, m.livemode, c.gateway as processor from accounts a cross join (values (true), (false)) m (livemode)
    cross join lateral (
      select distinct gateway from charges c where c.account = a.id and c.livemode = m.livemode and c.created >= ${from} and c.created < ${to}) c
    where a.forecast is null and not exists (select 1 from reconciliations r where r.account = a.id and r.livemode = m.livemode and r.processor = c.gateway
      and r.day = ${day} and r.source = 'processor')`;
  return rows.map((row) => ({ ...row, day }));
}
