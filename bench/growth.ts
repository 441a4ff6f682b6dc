/**
 * `npm run bench:growth`: how much Postgres stores for monthly subscriptions, table by table, and how much memory the worker's connections
 * use. Starts a throwaway Dunlin, lets years pass on test clocks, and prints the result.
 */
import { readFileSync } from 'node:fs';
import type { Sql } from '../db/connect';
import { createApi, type Api } from './api';
import { run, startStack } from './stack';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription } from './workload';

const SUBSCRIPTIONS = 20;
const YEARS = 2;
const YEAR = 365 * 86_400;
/** One advance of a clock at a time, so that a hanging step is noticed soon. */
const STRIDE = 59 * 86_400;

async function main(): Promise<void> {
  const stack = await startStack({ env: { DATABASE_POOL: '5' } });
  const api = createApi(stack);
  try {
    const before = await sizes(stack.sql);
    await live(api, stack.sql);
    await stack.sql.unsafe('vacuum analyze');
    process.stdout.write(`${table(before, await sizes(stack.sql))}\n\n${await connections(stack.sql)}\n`);
  } finally {
    api.close();
    await stack.stop();
  }
}

/** On two clocks, so that two customers are always renewed in parallel. */
async function live(api: Api, sql: Sql): Promise<void> {
  const price = await createPrice(api);
  const from = Math.floor(Date.now() / 1000);
  await sideBySide(2, 2, async () => {
    const clock = await createClock(api, from);
    await sideBySide(SUBSCRIPTIONS / 2, 4, () => startSubscription(api, price, { clock }));
    for (let at = from; at < from + YEARS * YEAR;) {
      at = Math.min(at + STRIDE, from + YEARS * YEAR);
      await advanceClock(api, sql, clock, at);
    }
  });
}

interface Size {
  heap: number;
  toast: number;
  indexes: number;
  rows: number;
}

/** Partitions count for their table. */
async function sizes(sql: Sql): Promise<Map<string, Size>> {
  const rows = await sql<({ name: string } & Size)[]>`
    select coalesce(p.relname, c.relname) as name, sum(pg_relation_size(c.oid))::bigint as heap,
      sum(coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0))::bigint as toast,
      sum(pg_indexes_size(c.oid))::bigint as indexes, sum(greatest(c.reltuples, 0))::bigint as rows
    from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1`;
  return new Map(rows.map(({ name, ...size }) => [name, size]));
}

function table(before: Map<string, Size>, after: Map<string, Size>): string {
  const per = SUBSCRIPTIONS * YEARS;
  const kb = (bytes: number): string => (bytes / 1024 / per).toFixed(1);
  const grown = [...after].map(([name, size]) => {
    const was = before.get(name) ?? { heap: 0, toast: 0, indexes: 0, rows: 0 };
    const heap = size.heap - was.heap;
    const toast = size.toast - was.toast;
    const indexes = size.indexes - was.indexes;
    return { name, heap, toast, indexes, total: heap + toast + indexes, rows: size.rows };
  });
  const total = grown.reduce((sum, one) => sum + one.total, 0);
  const lines = grown
    .filter((one) => one.total / per > 100)
    .sort((a, b) => b.total - a.total)
    .map(
      ({ name, rows, heap, toast, indexes, total: all }) =>
        `| ${name} | ${(rows / per).toFixed(1)} | ${kb(heap)} | ${kb(toast)} | ${kb(indexes)} | ${kb(all)} |`,
    );
  return [
    `| KB per subscription and year | rows | table | toast | indexes | all |`,
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    `| together |  |  |  |  | ${kb(total)} |`,
  ].join('\n');
}

/** A connection's own memory, without the memory that it shares with others (the buffers). */
async function connections(sql: Sql): Promise<string> {
  const rows = await sql<{ pid: number; name: string }[]>`
    select pid, application_name as name from pg_stat_activity where application_name in ('dunlin-worker', 'dunlin-server') order by 2, 1`;
  const lines = rows.map(({ pid, name }) => {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const anonymous = Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return `| ${name} | ${(anonymous / 1024).toFixed(1)} |`;
  });
  return ['| connection of | MB of its own |', '| --- | --- |', ...lines].join('\n');
}

run(main);
