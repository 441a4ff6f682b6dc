/** Runs that read another billing system, and what became of each object. */
import type { Scope } from '../domain/core/steps';
import type { Counts, Import, ImportedObject, Outcome, Problem, SourceKind } from '../domain/rows/import';
import type { Sql } from './connect';
import { randomId } from './ids';
import { pageOfTable, type TablePage, type TableWanted } from './lists';
import { lockName } from './lock-name';

const IMPORT = [
  ...['id', 'account', 'livemode', 'created', 'source', 'dry_run', 'status', 'test_clock', 'source_test_clock', 'kind', 'cursor'],
  ...['finished_at', 'error'],
];

export type NewImport = Pick<Import, 'account' | 'dryRun' | 'id' | 'kind' | 'livemode' | 'source' | 'sourceTestClock' | 'testClock'> & {
  content: string | null;
};

/** Puts an import, or finds it there. If another one runs, that one is returned. */
export async function createImport(sql: Sql, of: NewImport): Promise<Import> {
  const { id, account, livemode, source, dryRun, testClock, sourceTestClock, kind, content } = of;
  return sql.begin(async (tx) => {
    await lockName(tx, `imports/${account}/${String(livemode)}`);
    const [there] = await tx<Import[]>`
      select ${tx(IMPORT)} from imports where account = ${account} and livemode = ${livemode} and (id = ${id} or status = 'running')
      order by id = ${id} desc limit 1`;
    if (there) return there;
    const [row] = await tx<Import[]>`
      insert into imports (id, account, livemode, created, source, dry_run, status, test_clock, source_test_clock, kind, content)
      values (${id}, ${account}, ${livemode}, ${Math.floor(Date.now() / 1000)}, ${source}, ${dryRun}, 'running', ${testClock}, ${sourceTestClock},
        ${kind}, ${content})
      returning ${tx(IMPORT)}`;
    if (!row) throw new Error('an import that was inserted is not there');
    return row;
  });
}

export async function findImport(sql: Sql, { account, livemode }: Scope, id: string): Promise<Import | null> {
  const [row] = await sql<Import[]>`
    select ${sql(IMPORT)} from imports where id = ${id} and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

/** Those that have not come to an end. */
export function runningImports(sql: Sql): Promise<Pick<Import, 'account' | 'id' | 'livemode'>[]> {
  return sql<Pick<Import, 'account' | 'id' | 'livemode'>[]>`select id, account, livemode from imports where status = 'running'`;
}

/** Null for an unknown cursor. */
export const listImports = (sql: Sql, scope: Scope, page: TableWanted): Promise<TablePage<Import> | null> =>
  pageOfTable(sql, { table: 'imports', columns: IMPORT, equal: {} }, scope, page);

/** The file of a csv import. */
export async function contentOf(sql: Sql, id: string): Promise<string> {
  const [row] = await sql<{ content: string | null }[]>`select content from imports where id = ${id}`;
  return row?.content ?? '';
}

/** What is read next. Null: everything is read. A run that was canceled meanwhile stays so. */
export async function advanceImport(sql: Sql, id: string, next: { kind: SourceKind; cursor: string | null } | null): Promise<void> {
  const at = Math.floor(Date.now() / 1000);
  await sql`
    update imports set kind = ${next?.kind ?? null}, cursor = ${next?.cursor ?? null}, error = null,
      status = ${next ? 'running' : 'done'}, finished_at = ${next ? null : at}, content = case when ${next !== null} then content end
    where id = ${id} and status = 'running'`;
}

export async function noteWaiting(sql: Sql, id: string, error: string): Promise<void> {
  await sql`update imports set error = ${error} where id = ${id} and status = 'running'`;
}

/** Ends a run that reads. Null: it does not. */
export async function endImport(
  sql: Sql,
  { account, livemode }: Scope,
  id: string,
  { status, error }: { status: 'canceled' | 'failed'; error: string | null },
): Promise<Import | null> {
  const [row] = await sql<Import[]>`
    update imports set status = ${status}, error = ${error}, finished_at = ${Math.floor(Date.now() / 1000)}, content = null
    where id = ${id} and account = ${account} and livemode = ${livemode} and status = 'running' returning ${sql(IMPORT)}`;
  return row ?? null;
}

/** What became of an object in this run; once, however often its page is read. */
export async function recordObject(
  sql: Sql,
  { account, livemode, id }: Pick<Import, 'account' | 'id' | 'livemode'>,
  of: {
    kind: SourceKind;
    sourceId: string;
    outcome: Outcome;
    digest: string;
    problems: Problem[];
    summary: Record<string, unknown> | null;
  },
): Promise<void> {
  const { kind, sourceId, outcome, digest, problems, summary } = of;
  await sql`
    insert into imported_objects (id, account, livemode, created, import, kind, source_id, outcome, digest, problems, summary)
    values (${randomId('impobj')}, ${account}, ${livemode}, ${Math.floor(Date.now() / 1000)}, ${id}, ${kind}, ${sourceId}, ${outcome}, ${digest},
      ${sql.json(problems as never)}, ${summary === null ? null : sql.json(summary as never)})
    on conflict (import, kind, source_id) do nothing`;
}

export type Earlier = Pick<ImportedObject, 'digest' | 'outcome' | 'problems'>;

/** What is known of objects from runs that wrote, by their ids at the source. */
export async function earlierObjects(
  sql: Sql,
  { account, livemode }: Scope,
  kind: SourceKind,
  ids: readonly string[],
): Promise<Map<string, Earlier>> {
  const rows = await sql<(Earlier & { sourceId: string })[]>`
    select distinct on (o.source_id) o.source_id, o.digest, o.outcome, o.problems from imported_objects o join imports i on i.id = o.import
    where o.account = ${account} and o.livemode = ${livemode} and o.kind = ${kind} and o.source_id = any(${[...ids]}) and not i.dry_run
    order by o.source_id, o.seq desc`;
  return new Map(rows.map((row) => [row.sourceId, row]));
}

/** How many objects of each kind had each outcome. */
export async function countObjects(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, Counts & { leftOut: Partial<Record<SourceKind, number>> }>> {
  const rows = await sql<{ import: string; kind: SourceKind; outcome: Outcome; objects: number; leftOut: number }[]>`
    select import, kind, outcome, count(*)::int as objects,
      count(*) filter (where problems <> '[]'::jsonb and outcome in ('taken', 'changed', 'unchanged'))::int as left_out
    from imported_objects where import = any(${[...ids]}) group by 1, 2, 3`;
  const all = new Map<string, Counts & { leftOut: Partial<Record<SourceKind, number>> }>();
  for (const { import: run, kind, outcome, objects, leftOut } of rows) {
    const counts = all.get(run) ?? { leftOut: {} };
    counts[kind] = { ...counts[kind], [outcome]: objects };
    counts.leftOut[kind] = (counts.leftOut[kind] ?? 0) + leftOut;
    all.set(run, counts);
  }
  return all;
}

const OBJECT = ['id', 'created', 'import', 'kind', 'source_id', 'outcome', 'digest', 'problems', 'summary'];

/** Null for an unknown cursor. */
export const listObjects = (
  sql: Sql,
  scope: Scope,
  { after, limit, ...equal }: { after: string | null; limit: number; import: string; kind: string | null; outcome: string | null },
): Promise<TablePage<ImportedObject> | null> =>
  pageOfTable(sql, { table: 'imported_objects', columns: OBJECT, equal }, scope, { after, limit });
