/** The usage that a forecast expects of a copy, counted as if it had been sent. */
import { expectedUsage, type MeteredItem } from '../../domain/forecast/usage';
import type { ExpectedUsage } from '../../domain/rows/forecast';
import type { Scope } from '../../domain/core/steps';
import type { Formula } from '../../domain/rows/meter';
import type { Sql, TransactionSql } from '../connect';
import { seriesKey } from './meter-keys';

const HOUR = 3_600;
/** The most different values of one period. */
const DISTINCT_MAX = 100_000;

/** Puts what is expected of a copied customer from `now` until `end` into its meters. Repeated, it changes nothing. */
export async function expectUsage(sql: Sql, of: { original: string; copy: string; to: Scope; now: number; end: number }): Promise<void> {
  const items = await meteredItems(sql, of);
  // Two items may count the same events.
  const counted = new Map(items.map((item) => [JSON.stringify([item.meter, item.dimensions]), item]));
  await sql.begin(async (tx) => {
    for (const item of counted.values()) {
      const expected = expectedUsage(item, of.now, of.end);
      if (expected.length > 0) await putUsage(tx, of, item, expected);
    }
  });
}

/** The items of the copy, in the order of the original's, with what the original's latest periods were billed for. */
async function meteredItems(sql: Sql, { original, copy, now }: { original: string; copy: string; now: number }): Promise<MeteredItem[]> {
  return sql`
    with copied as (
      select i.*, s.billing_cycle_anchor as anchor, row_number() over (order by s.seq, i.seq) as place
      from subscription_items i join subscriptions s on s.id = i.subscription where s.customer = ${copy} and not i.deleted
    ), own as (
      select i.id, row_number() over (order by s.seq, i.seq) as place
      from subscription_items i join subscriptions s on s.id = i.subscription
      where s.customer = ${original} and not i.deleted and exists (
        select 1 from copied c where c.created = i.created and c.current_period_end = i.current_period_end)
    )
    select m.id as meter, m.formula, p.recurring -> 'dimension_filters' as dimensions, c.anchor,
      jsonb_build_object('interval', p.recurring -> 'interval', 'interval_count', p.recurring -> 'interval_count') as recurring,
      c.current_period_start as "from", c.current_period_end as "to",
      coalesce((select array_agg(u.billed_quantity order by u.period_end desc) from usage_periods u
        where u.subscription_item = o.id and u.period_end <= ${now} and u.bills > 0), '{}') as past
    from copied c join own o on o.place = c.place
    join prices p on p.id = c.price and p.account = c.account and p.livemode = c.livemode
    join meters m on m.id = p.recurring ->> 'meter'
    order by c.place`;
}

async function putUsage(
  tx: TransactionSql,
  { copy, to }: { copy: string; to: Scope },
  { meter, dimensions, formula }: MeteredItem,
  expected: ExpectedUsage[],
): Promise<void> {
  const key = seriesKey({ meter, customer: copy, dimensions });
  await tx`
    insert into meter_series (key, account, livemode, meter, customer, dimensions)
    values (${key}, ${to.account}, ${to.livemode}, ${meter}, ${copy}, ${tx.json(dimensions)}) on conflict (key) do nothing`;
  for (const { hour, quantity } of expected) {
    const { events, ...sums } = countedAs(formula, quantity);
    const last = sums.last === null ? null : (hour + 1) * HOUR - 1;
    await tx`
      insert into meter_rollups (series, hour, events, sum, max, last, last_at, last_received)
      select id, ${hour}, ${events}, ${sums.sum}, ${sums.max}, ${sums.last}, ${last}, ${last === null ? null : last * 1_000_000}
      from meter_series where key = ${key} on conflict (series, hour) do nothing`;
    if (formula === 'unique') {
      await tx`
        insert into meter_uniques (series, hour, value) select s.id, ${hour}, -n from meter_series s, generate_series(1, ${events}) n
        where s.key = ${key} on conflict do nothing`;
    }
  }
}

/** The columns of the hour that make this quantity by the meter's formula. */
function countedAs(formula: Formula, quantity: string) {
  const whole = Math.max(1, Math.min(DISTINCT_MAX, Math.round(Number(quantity))));
  const events = formula === 'count' || formula === 'unique' ? whole : 1;
  return { events, sum: quantity, max: quantity, last: formula === 'last' ? quantity : null };
}
