/** The facts for judging events: the meters with their names, the customers that they name, and the customers' present time. */
import type { GivenEvent } from '../../domain/meter/event';
import type { MeterOfEvent } from '../../domain/meter/event-rules';
import type { Sql } from '../connect';

export interface ScopedEvent {
  account: string;
  livemode: boolean;
  event: GivenEvent;
}

export interface CustomerOfEvent {
  id: string;
  account: string;
  livemode: boolean;
  /** Epoch seconds of the customer's test clock; null without one. */
  frozenTime: number | null;
  isAdvancing: boolean;
}

export interface MeteringFacts {
  meters: (MeterOfEvent & { account: string; livemode: boolean })[];
  customers: CustomerOfEvent[];
  /** Postgres's own time, epoch microseconds. */
  nowMicros: number;
}

/** One statement for events of any number of accounts. Of meters with the same name, the active one counts, else the latest. */
export async function loadMeteringFacts(sql: Sql, events: readonly ScopedEvent[]): Promise<MeteringFacts> {
  const named = distinct(
    events.map(({ account, livemode, event }) => ({ account, livemode, name: event.eventName })),
    ({ account, livemode, name }) => `${account} ${String(livemode)} ${name}`,
  );
  // A customer's id is recognized by its prefix, whichever payload key the meter reads it from.
  const values = events.flatMap(({ event }) => Object.values(event.payload));
  const customers = [...new Set(values.filter((value) => value.startsWith('cus_')))];
  const [row] = await sql<MeteringFacts[]>`
    select floor(extract(epoch from clock_timestamp()) * 1000000)::bigint as now_micros,
      (select coalesce(json_agg(json_build_object('id', m.id, 'account', m.account, 'livemode', m.livemode, 'eventName', m.event_name,
          'status', m.status, 'formula', m.formula, 'customerKey', m.customer_key, 'valueKey', m.value_key,
          'eventTimeWindow', m.event_time_window, 'dimensionKeys', m.dimension_keys, 'costKey', m.cost_key)), '[]')
        from json_to_recordset(${JSON.stringify(named)}::text::json) as n(account text, livemode boolean, name text)
        cross join lateral (
          select * from meters m where m.account = n.account and m.livemode = n.livemode and m.event_name = n.name
          order by m.status = 'active' desc, m.created desc, m.seq desc limit 1) m) as meters,
      (select coalesce(json_agg(json_build_object('id', c.id, 'account', c.account, 'livemode', c.livemode,
          'frozenTime', t.frozen_time, 'isAdvancing', coalesce(t.status = 'advancing', false))), '[]')
        from customers c left join test_clocks t on t.id = c.test_clock
        where c.id = any(${customers}) and not c.deleted) as customers`;
  if (!row) throw new Error('the facts of events are one row');
  return row;
}

function distinct<T>(list: readonly T[], keyOf: (each: T) => string): T[] {
  return [...new Map(list.map((each) => [keyOf(each), each])).values()];
}
