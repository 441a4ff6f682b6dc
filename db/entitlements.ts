/** Whether a customer has access to a feature, and what a meter has counted of it: one statement by keys, for apps that ask on each request. */
import type { Access } from '../domain/access/check';
import type { Sql } from './connect';
import { countedFrom } from './metering/usage';

interface Scope {
  account: string;
  livemode: boolean;
}

export interface AccessRead extends Access {
  isCustomer: boolean;
  /** The feature's id; null: there is none with this id or lookup key. */
  feature: string | null;
  lookupKey: string;
  /** The time of the customer's test clock; null: real time. */
  now: number | null;
}

/** An active feature is found by its lookup key; any by its id; an archived one by the lookup key of those who still have it. */
export async function readAccess(sql: Sql, scope: Scope, of: { customer: string; feature: string }): Promise<AccessRead> {
  const { account, livemode } = scope;
  const { customer, feature } = of;
  const [row] = await sql<[AccessRead]>`
    with cust as (
      select c.id, t.frozen_time as now from customers c left join test_clocks t on t.id = c.test_clock
      where c.id = ${customer} and c.account = ${account} and c.livemode = ${livemode} and not c.deleted
    ), held as (
      select e.* from active_entitlements e where e.customer = (select id from cust) and e.active
        and (e.feature = ${feature} or e.lookup_key = ${feature})
      order by e.seq desc limit 1
    ), named as (
      select f.id, f.lookup_key from entitlement_features f
      where f.account = ${account} and f.livemode = ${livemode} and (f.id = ${feature} or (f.lookup_key = ${feature} and f.active)) limit 1
    ), asked as materialized (
      select 0 as index, h.meter, '{}'::jsonb as filters, s.first, s."end",
        case when s.from < s.inner_from then s.from / 3600 end as head_hour, s.from as head_from, s.inner_from as head_to,
        case when s.inner_to < s.to then s.inner_to / 3600 end as tail_hour, s.inner_to as tail_from, s.to as tail_to
      from held h cross join lateral (
        select h.period_start as from, h.period_end as to, ((h.period_start + 3599) / 3600)::integer as first,
          (h.period_end / 3600)::integer as "end", least((h.period_start + 3599) / 3600 * 3600, h.period_end) as inner_from,
          greatest(h.period_end / 3600 * 3600, least((h.period_start + 3599) / 3600 * 3600, h.period_end)) as inner_to
      ) s where h.meter is not null
    ), ${countedFrom(sql, { account, livemode, customer })}
    select exists (select 1 from cust) as "isCustomer", (select now from cust) as now, exists (select 1 from held) as "isEntitled",
      coalesce((select feature from held), (select id from named)) as feature,
      coalesce((select lookup_key from held), (select lookup_key from named)) as "lookupKey",
      (select limit_amount from held) as limit, (select meter from held) as meter, (select period_end from held) as "resetsAt",
      coalesce((select quantity from usage), '0') as metered`;
  return row;
}
