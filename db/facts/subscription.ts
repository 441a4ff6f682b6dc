import type { FactStatement } from './statement';

export interface SubscriptionKeys {
  account: string;
  subscriptions: string[];
  /** The subscription whose schedule, answered offers and alerts are loaded, too. */
  subscription: string | null;
  /** A schedule that has not started. */
  schedule: string | null;
  /** Also the closed usage periods of the running service period. */
  countsSpend: boolean;
}

/** Subscriptions with their items and open usage periods; and of one of them the schedule, the answered offers and the alerts by spend. */
export const subscriptionFacts: FactStatement<SubscriptionKeys> = {
  text: `
    with item as (select * from subscription_items where subscription = any($2::text[]) and not deleted),
    used as (
      select * from usage_periods where not closed and subscription = any($2)
      union all
      select u.* from usage_periods u join item i on i.id = u.subscription_item
        where u.closed and u.period_start >= i.current_period_start and $5::boolean
    ),
    sched as (
      select * from subscription_schedules where subscription = $3::text and status = 'active'
      union all
      select * from subscription_schedules where id = $4::text
    ),
    spend as (
      select a.* from alerts a join subscriptions s on s.id = $3
      where a.account = $1::text and a.livemode = s.livemode and a.status = 'active' and a.alert_type = 'spend_threshold'
        and (a.customer is null or a.customer = s.customer)
    )
    select json_build_object(
      'subscription', (select json_agg(t) from subscriptions t where t.id = any($2)),
      'subscriptionItem', (select json_agg(t order by t.seq) from item t),
      'usagePeriod', (select json_agg(t order by t.seq) from used t),
      'subscriptionSchedule', (select json_agg(t order by t.seq) from sched t),
      'portalRetentionOffer', (select json_agg(t order by t.seq) from portal_retention_offers t where t.subscription = $3),
      'alert', (select json_agg(t order by t.seq) from spend t)
    ) as facts`,
  values: (keys) => [keys.account, keys.subscriptions, keys.subscription, keys.schedule, keys.countsSpend],
};
