/** Many events without an API request for each: written in one statement, and rolled up like received ones. */
import { SeriesNumbers } from '../db/metering/meter-series';
import type { Sql } from '../db/connect';

/** Where the benchmark's own events go. */
export interface Place {
  account: string;
  meter: string;
}

const MONTH = 30 * 86_400;
const HOUR = 3_600;
const MODELS = ['large', 'small'];

/** The start of the 30 days before now, on a whole hour. */
export const monthStart = (): number => Math.floor(Date.now() / 1000 / HOUR) * HOUR - MONTH;

/** `each` events for each customer, spread over the 30 days from `from`, of two models. */
export async function fillWithEvents(
  sql: Sql,
  { account, meter, from }: Place & { from: number },
  customers: string[],
  each: number,
): Promise<void> {
  const series = await new SeriesNumbers(sql).of(
    customers.flatMap((customer) =>
      MODELS.map((model) => ({ scope: { account, livemode: false }, of: { meter, customer, dimensions: { model } } })),
    ),
  );
  await sql`
    insert into meter_events (received, at, series, content, identifier, value, cost)
    select (extract(epoch from now()) * 1000000)::bigint + n, ${from}::bigint + (n * ${MONTH}::bigint) / ${each}::bigint, s, n,
      gen_random_uuid(), n * 37 % 4000, 0.0125
    from generate_series(0, ${each}::bigint - 1) n
    cross join lateral (select s from unnest(${series}::bigint[]) with ordinality u(s, place) where place % 2 = n % 2) s`;
  await sql`
    insert into meter_rollups (series, hour, events, sum, max, last, last_at, last_received, cost)
    select series, (at / 3600)::integer, count(*), sum(value), max(value), (array_agg(value order by at desc, received desc))[1], max(at),
      max(received), sum(cost)
    from meter_events where series = any(${series}::bigint[]) group by 1, 2`;
  await sql`analyze meter_events, meter_rollups, meter_series`;
}
