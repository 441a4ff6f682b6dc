/** The usage that a copied customer has in its running periods. */
import type { CopySource, CopyTarget } from '../../domain/copy/source';
import type { Scope } from '../../domain/core/steps';
import type { Sql, TransactionSql } from '../connect';
import { seriesKey } from './meter-keys';

const HOUR = 3_600;

interface CopiedUsage {
  from: Scope;
  to: Scope;
  source: CopySource;
  /** The copy of the customer. */
  customer: string;
  catalogId: CopyTarget['catalogId'];
  now: number;
}

/**
 * Copies what was counted since the running periods began: whole hours, and the events of the hours in which a period begins. Repeated, it
 * changes nothing.
 */
export async function copyUsage(sql: Sql, { from, to, source: { rows }, customer, catalogId, now }: CopiedUsage): Promise<void> {
  const [original] = rows.all('customer');
  const starts = [
    ...rows.all('subscriptionItem').flatMap(({ usageFrom }) => (usageFrom === null ? [] : [usageFrom])),
    ...rows.where('usagePeriod', ({ closed }) => !closed).flatMap(({ periodStart, periodEnd }) => [periodStart, periodEnd]),
  ];
  if (!original || starts.length === 0) return;
  const hours = [...new Set([...starts, now].map((at) => Math.floor(at / HOUR)))];
  await sql.begin(async (tx) => {
    const series = await tx<{ id: number; meter: string; dimensions: Record<string, string> }[]>`
      select id, meter, dimensions from meter_series
      where customer = ${original.id} and account = ${from.account} and livemode = ${from.livemode}`;
    for (const each of series) {
      const meter = catalogId === null ? each.meter : await meterIn(tx, to, each.meter, catalogId('mtr', each.meter));
      if (meter !== null) await copySeries(tx, each, { to, customer, meter, hours });
    }
  });
}

/** The meter in the target that counts for this one. */
async function meterIn(tx: TransactionSql, { account, livemode }: Scope, meter: string, copy: string): Promise<string | null> {
  const [found] = await tx<{ id: string }[]>`
    select id from meters where account = ${account} and livemode = ${livemode}
      and (id = ${copy} or (status = 'active' and event_name = (select event_name from meters where id = ${meter})))
    order by id = ${copy} desc limit 1`;
  return found?.id ?? null;
}

async function copySeries(
  tx: TransactionSql,
  { id, dimensions }: { id: number; dimensions: Record<string, string> },
  { to, customer, meter, hours }: { to: Scope; customer: string; meter: string; hours: number[] },
): Promise<void> {
  const key = seriesKey({ meter, customer, dimensions });
  const [made] = await tx<{ id: number }[]>`
    insert into meter_series (key, account, livemode, meter, customer, dimensions)
    select ${key}, ${to.account}, ${to.livemode}, m.id, ${customer}, ${tx.json(dimensions)} from meters m where m.id = ${meter}
    on conflict do nothing returning id`;
  if (!made) return;
  const since = Math.min(...hours);
  await tx`
    insert into meter_rollups (series, hour, events, sum, max, last, last_at, last_received, cost)
    select ${made.id}, hour, events, sum, max, last, last_at, last_received, cost from meter_rollups where series = ${id} and hour >= ${since}`;
  await tx`insert into meter_uniques (series, hour, value) select ${made.id}, hour, value from meter_uniques where series = ${id} and hour >= ${since}`;
  await tx`
    insert into meter_events (received, at, series, content, identifier, canceled, value, cost)
    select received, at, ${made.id}, content, md5(identifier::text || ${key})::uuid, canceled, value, cost
    from meter_events where series = ${id} and at / 3600 = any(${hours})`;
}
