/** What was kept of a customer since it came, for the evidence of a dispute; and the rates of its month. */
import { periodOf } from '../domain/core/chart-of-accounts';
import type { ActivityDay } from '../domain/rows/activity';
import type { Scope } from '../domain/core/steps';
import { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadDisputeMonth } from './dispute-rates';
import type { FactLists } from './facts/statement';
import { rowsFromJson } from './json-rows';

const DAY = 86_400;
/** The last days of usage, of a meter each. */
const DAYS_OF_USAGE = 90;

/** Only what is of the dispute's customer, its card or its payment; nothing is locked. */
export async function loadEvidence(tx: TransactionSql, { account, livemode }: Scope, dispute: string): Promise<Rows> {
  const [found] = await tx<{ facts: FactLists; customer: string | null; created: number }[]>`
    with disputed as (
      select d.customer, d.payment_intent, d.created, d.payment_method_details -> 'card' ->> 'fingerprint' as card,
        (select invoice from charges where id = d.charge) as invoice
      from disputes d where d.id = ${dispute} and d.account = ${account} and d.livemode = ${livemode}
    ),
    charge as (
      select c.* from charges c, disputed d where c.payment_method_details -> 'card' ->> 'fingerprint' = d.card
        and c.account = ${account} and c.livemode = ${livemode} and c.created between d.created - 366 * ${DAY}::bigint and d.created
        and c.status = 'succeeded' and (c.customer = d.customer or d.customer is null)
      order by c.created desc limit 50
    ),
    session as (
      select s.* from checkout_sessions s, disputed d where s.payment_intent = d.payment_intent and s.status = 'complete'
      union
      select s.* from checkout_sessions s, disputed d where s.status = 'complete' and s.subscription = (select subscription from invoices where id = d.invoice)
      union
      select s.* from checkout_sessions s where s.status = 'complete' and s.mode = 'payment' and s.payment_intent in (select payment_intent from charge)
    ),
    license as (select l.* from licenses l, disputed d where l.customer = d.customer and l.account = ${account} and l.livemode = ${livemode})
    select d.customer, d.created, json_build_object(
      'charge', (select json_agg(t order by t.created) from charge t),
      'checkoutSession', (select json_agg(t order by t.seq) from session t),
      'locationEvidence', (select json_agg(t) from location_evidence t
        where t.invoice = d.invoice or t.invoice in (select invoice from charge where invoice is not null)),
      'mail', (select json_agg(m order by m.seq) from (
        select * from mails t where t.customer = d.customer and t.status = 'sent' order by t.created desc, t.seq desc limit 50) m),
      'licenseActivation', (select json_agg(t order by t.seq) from license_activations t
        where t.account = ${account} and t.livemode = ${livemode} and t.license in (select id from license)),
      'portalLogin', (select json_agg(t order by t.seq) from portal_logins t where t.customer = d.customer and t.used_at is not null),
      'customerRequest', (select json_agg(t order by t.seq) from customer_requests t where t.customer = d.customer),
      'supportTicket', (select json_agg(s order by s.seq) from (
        select * from support_tickets t where t.customer = d.customer order by t.created desc, t.seq desc limit 20) s)
    ) as facts
    from disputed d`;
  if (!found) return new Rows();
  const rows = rowsFromJson(found.facts);
  rows.disputeMonth = await loadDisputeMonth(tx, { account, livemode }, periodOf(found.created));
  rows.activity =
    found.customer === null ? [] : await usageByDay(tx, { account, livemode }, { customer: found.customer, until: found.created });
  return rows;
}

/** Days since 1970, from the roll-ups. */
async function usageByDay(
  tx: TransactionSql,
  { account, livemode }: Scope,
  { customer, until }: { customer: string; until: number },
): Promise<ActivityDay[]> {
  const last = Math.floor(until / 3600);
  return tx<ActivityDay[]>`
    select r.hour / 24 as day, m.display_name as meter, sum(r.events)::int as events
    from meter_series s join meters m on m.id = s.meter join meter_rollups r on r.series = s.id
    where s.customer = ${customer} and s.account = ${account} and s.livemode = ${livemode}
      and r.hour between ${last - DAYS_OF_USAGE * 24} and ${last}
    group by 1, 2 having sum(r.events) > 0 order by 1, 2`;
}
