/**
 * The close of a month, in steps that can each be repeated. The first makes later transactions go to the open month. Then all transactions
 * that had begun before it must end. The last keeps the balances. A process that dies in between leaves the month `closing`; the next call, or
 * housekeeping, continues.
 */
import { DEADLINES } from '../../domain/core/deadlines';
import { BillingError } from '../../domain/core/errors';
import type { Sql } from '../connect';
import { balancesAt, type Scope } from './balances';

interface Close {
  id: string;
  livemode: boolean;
  created: number;
  startsAt: number;
  endsAt: number;
  status: 'closing' | 'closed';
  closedAt: number | null;
}

const COLUMNS = ['id', 'livemode', 'created', 'starts_at', 'ends_at', 'status', 'closed_at'] as const;
const POLL_MS = 50;

export async function findCloses(sql: Sql, { account, livemode }: Scope): Promise<Close[]> {
  return sql<Close[]>`
    select ${sql(COLUMNS)} from ledger_closes where account = ${account} and livemode = ${livemode} order by ends_at desc`;
}

/** The last second, exclusive, that any customer of this mode has lived: real time, or the time of the latest test clock. */
export async function latestTime(sql: Sql, { account, livemode }: Scope): Promise<number> {
  const [row] = await sql<{ at: number }[]>`
    select greatest(extract(epoch from now())::bigint, (select max(frozen_time) from test_clocks
      where account = ${account} and livemode = ${livemode})) as at`;
  return row?.at ?? 0;
}

/**
 * Closes a month, and all months before it. If it is closed already, nothing changes.
 *
 * @throws BillingError lock_timeout while a transaction that began before does not end: the month stays `closing`, and a repetition continues
 */
export async function closeMonth(sql: Sql, scope: Scope, close: { id: string; start: number; end: number; now: number }): Promise<void> {
  const { account, livemode } = scope;
  await sql`
    insert into ledger_closes (id, account, livemode, created, starts_at, ends_at, status)
    values (${close.id}, ${account}, ${livemode}, ${close.now}, ${close.start}, ${close.end}, 'closing')
    on conflict (account, livemode, ends_at) do nothing`;
  await finishClose(sql, scope, close);
}

/** Finishes the closes that were interrupted, the earliest first. */
export async function finishCloses(sql: Sql): Promise<void> {
  const open = await sql<(Scope & { end: number; now: number })[]>`
    select account, livemode, ends_at as end, extract(epoch from now())::bigint as now from ledger_closes where status = 'closing' order by ends_at`;
  for (const { end, now, ...scope } of open) await finishClose(sql, scope, { end, now });
}

/** In one transaction, so that a closed month has all of its balances, and another month none. */
async function finishClose(sql: Sql, scope: Scope, { end, now }: { end: number; now: number }): Promise<void> {
  const { account, livemode } = scope;
  await untilEarlierTransactionsEnd(sql);
  await sql.begin(async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      select id from ledger_closes
      where account = ${account} and livemode = ${livemode} and ends_at = ${end} and status = 'closing' for update`;
    if (!row) return;
    const balances = (await balancesAt(tx, scope, end)).map((balance) => ({ close: row.id, ...balance }));
    if (balances.length > 0) await tx`insert into ledger_balances ${tx(balances)}`;
    await tx`update ledger_closes set status = 'closed', closed_at = ${now} where id = ${row.id}`;
  });
}

/** @throws BillingError lock_timeout if one does not end in time */
export async function untilEarlierTransactionsEnd(sql: Sql): Promise<void> {
  const [mark] = await sql<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  const until = Date.now() + DEADLINES.statement;
  for (;;) {
    const [row] = await sql<{ ended: boolean }[]>`select pg_snapshot_xmin(pg_current_snapshot()) >= ${mark?.id ?? ''}::text::xid8 as ended`;
    if (row?.ended) return;
    if (Date.now() > until)
      throw new BillingError('lock_timeout', 'A transaction that began before the close has not ended yet. Try again.');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
