/** Fills of the sandbox as rows: what was asked, and how far each is. */
import type { Scope } from '../domain/core/steps';
import type { Fill, FillStatus } from '../domain/rows/fill';
import type { Sql } from './connect';
import { pageOfTable, type TablePage, type TableWanted } from './lists';

const COLUMNS = [
  ...['id', 'account', 'livemode', 'created', 'status', 'customers', 'months', 'starts_at', 'parts_done', 'doing', 'test_clock'],
  ...['ended_at', 'failure'],
];

/** @returns whether it is there now: false if another one runs */
export async function insertFill(sql: Sql, fill: Fill): Promise<boolean> {
  await sql`insert into fills ${sql(fill as never)} on conflict do nothing`;
  return (await findFill(sql, fill, fill.id)) !== null;
}

export async function findFill(sql: Sql, { account, livemode }: Scope, id: string): Promise<Fill | null> {
  const [row] = await sql<Fill[]>`select ${sql(COLUMNS)} from fills where id = ${id} and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

/** For its workflow. */
export async function loadFill(sql: Sql, id: string): Promise<Fill> {
  const [row] = await sql<Fill[]>`select ${sql(COLUMNS)} from fills where id = ${id}`;
  if (!row) throw new Error(`there is no fill ${id}`);
  return row;
}

export const listFills = (sql: Sql, scope: Scope, page: TableWanted): Promise<TablePage<Fill> | null> =>
  pageOfTable<Fill>(sql, { table: 'fills', columns: COLUMNS, equal: {} }, scope, page);

/** Those that have not come to an end. */
export const runningFills = (sql: Sql): Promise<Pick<Fill, 'account' | 'id' | 'livemode'>[]> =>
  sql<Pick<Fill, 'account' | 'id' | 'livemode'>[]>`select id, account, livemode from fills where status = 'running'`;

/** What is being done, and how many parts were done before. A part that is done again takes nothing back. */
export async function noteFill(sql: Sql, id: string, of: { partsDone: number; doing: string; testClock: string }): Promise<void> {
  await sql`
    update fills set parts_done = greatest(parts_done, ${of.partsDone}), doing = ${of.doing}, test_clock = ${of.testClock}
    where id = ${id} and status = 'running'`;
}

/** Ends a fill that runs. One that has ended stays as it is. */
export async function endFill(sql: Sql, id: string, of: { status: FillStatus; failure: string | null }): Promise<void> {
  await sql`
    update fills set status = ${of.status}, failure = ${of.failure}, doing = null, ended_at = extract(epoch from now())::bigint
    where id = ${id} and status = 'running'`;
}
