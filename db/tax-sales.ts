/** The sales of each month by place, from the books: final invoices, less credit notes, net of tax. */
import type { SalesOfMonth } from '../domain/tax/thresholds';
import type { Sql } from './connect';

/**
 * Sales since an instant, of real customers or of those on a test clock. A void invoice is no sale. The place is the shipping address that the
 * invoice has kept, or else the billing address; of ZIP codes, and of postal codes in Canada, only the part that shows the state.
 *
 * @param of.since epoch seconds
 */
export async function findSalesByMonth(
  sql: Sql,
  { account, livemode }: { account: string; livemode: boolean },
  { testClock, since }: { testClock: string | null; since: number },
): Promise<SalesOfMonth[]> {
  return sql<SalesOfMonth[]>`
    with invoice as (
      select id, customer, currency, status, finalized_at, total_excluding_tax,
        coalesce(nullif(customer_details -> 'shipping' -> 'address', 'null'), nullif(customer_details -> 'address', 'null')) as address
      from invoices
      where account = ${account} and livemode = ${livemode} and test_clock is not distinct from ${testClock}
        and status in ('open', 'paid', 'uncollectible')
    ),
    entry as (
      select customer, address, currency, finalized_at as at, total_excluding_tax as amount, (total_excluding_tax > 0)::int as sales
      from invoice where finalized_at >= ${since}
      union all
      select i.customer, i.address, n.currency, n.created, -n.total_excluding_tax, 0
      from credit_notes n join invoice i on i.id = n.invoice where n.status = 'issued' and n.created >= ${since}
    ),
    placed as (
      select currency, amount, sales, address ->> 'country' as country, address ->> 'state' as state,
        case address ->> 'country' when 'US' then left(address ->> 'postal_code', 3) || '00' when 'CA' then left(address ->> 'postal_code', 3)
          else address ->> 'postal_code' end as postal_code,
        exists (select 1 from tax_ids t where t.customer = entry.customer and not t.deleted) as is_business,
        to_char(to_timestamp(at) at time zone 'utc', 'YYYY-MM') as month
      from entry
    )
    select json_build_object('country', country, 'state', state, 'postal_code', postal_code) as address, currency, is_business, month,
      sum(amount)::bigint as amount, sum(sales)::int as sales
    from placed group by country, state, postal_code, currency, is_business, month`;
}
