import type { FactStatement } from './statement';

/** The account with what it needs for automatic tax, and a customer with its tax ids, test clock, remaining credit, credit top-ups, entitlements and licenses. */
export const customerFacts: FactStatement<{ account: string; customer: string | null }> = {
  text: `
    with cust as (select * from customers where id = $2::text)
    select json_build_object(
      'account', (select json_agg(t) from accounts t where t.id = $1::text),
      'customer', (select json_agg(t) from cust t),
      'testClock', (select json_agg(t) from test_clocks t where t.id = (select test_clock from cust)),
      'taxId', (select json_agg(t order by t.seq) from tax_ids t where t.customer = $2 and not t.deleted),
      'taxSettings', (select json_agg(t) from tax_settings t where t.account = $1 and t.livemode = (select livemode from cust)),
      'documentSettings', (select json_agg(t) from document_settings t
        where t.account = $1 and t.livemode = (select livemode from cust)),
      'taxRegistration', (select json_agg(t order by t.seq) from tax_registrations t
        where t.account = $1 and t.livemode = (select livemode from cust)),
      'creditGrant', (select json_agg(t order by t.seq) from credit_grants t where t.customer = $2 and t.balance > 0),
      'activeEntitlement', (select json_agg(t order by t.seq) from active_entitlements t where t.customer = $2),
      'mrrMovement', (select json_agg(t) from (
        select distinct on (m.currency) m.* from mrr_movements m where m.customer = $2 order by m.currency, m.seq desc
      ) t),
      'license', (select json_agg(t order by t.seq) from licenses t where t.customer = $2),
      'creditTopUp', (select json_agg(t order by t.seq) from credit_top_ups t where t.customer = $2 and not t.deleted)
    ) as facts`,
  values: ({ account, customer }) => [account, customer],
};
