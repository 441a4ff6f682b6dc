import type { FactStatement } from './statement';

/** The active alerts on a customer's usage and spend, each with its latest trigger. */
export const alertFacts: FactStatement<{ account: string; customer: string }> = {
  text: `
    with watch as (
      select a.* from alerts a join customers c on c.id = $2::text
      where a.account = $1::text and a.livemode = c.livemode and a.status = 'active' and (a.customer is null or a.customer = $2)
    )
    select json_build_object(
      'alert', (select json_agg(t order by t.seq) from watch t),
      'alertTriggered', (select json_agg(t) from alert_triggereds t where t.customer = $2 and t.alert = any(array(select id from watch))
        and t.number = (select max(number) from alert_triggereds l where l.customer = t.customer and l.alert = t.alert))
    ) as facts`,
  values: ({ account, customer }) => [account, customer],
};
