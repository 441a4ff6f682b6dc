/** What the score looks at, as parts of the statement that reads the facts of a charge. */
import type { RiskFeatures } from '../domain/fraud/risk-features';
import { minimumCharge } from '../domain/money/minimum-charge';
import type { riskOf } from '../domain/payment/fraud';
import type { Sql } from './connect';
import type { Condition } from './lists';

/** Columns of the statement; null: not known. */
export interface Features {
  charged: number;
  currency: string;
  customerAge: number | null;
  prepaid: boolean | null;
  countriesDiffer: boolean | null;
  email: string | null;
  offSession: boolean;
  authenticated: boolean;
  cardCounts: { hour: number; declines: number; customers: number; paid: number; firstSeen: number | null } | null;
  cardsOfCustomer: number;
  created: number;
}

const [HOUR, DAY, WEEK, YEAR] = [3600, 86_400, 604_800, 31_622_400];
/** A card of more attempts than these is none of an ordinary payer. */
const MOST = 500;

/** The attempt is `t`. In test mode all customers share the test cards, so a customer's own attempts count; in live mode those of the card. */
export function cardCounts(sql: Sql): Condition {
  const of = (from: ReturnType<typeof sql>) => sql`
    select json_build_object('hour', count(*) filter (where created > t.created - ${HOUR}),
      'declines', count(*) filter (where created > t.created - ${DAY} and status = 'failed'),
      'customers', count(distinct customer) filter (where created > t.created - ${WEEK} and customer is distinct from t.customer),
      'paid', count(*) filter (where status = 'succeeded'), 'firstSeen', min(created))
    from (select o.created, o.status, o.customer from payment_attempts o where ${from} and o.fingerprint = t.fingerprint
      and o.id <> t.id and o.created <= t.created and o.created > t.created - ${YEAR} order by o.created desc limit ${MOST}) seen`;
  return sql`t.created,
    case when t.livemode then (${of(sql`o.account = t.account and o.livemode = t.livemode`)}) else (${of(sql`o.customer = t.customer`)}) end as card_counts,
    (select count(distinct o.fingerprint) from payment_attempts o where o.customer = t.customer and o.fingerprint <> t.fingerprint
      and o.created <= t.created and o.created > t.created - ${DAY})::int as cards_of_customer`;
}

const UNSEEN = { hour: 0, declines: 0, customers: 0, paid: 0, firstSeen: null };

export function featuresOf(row: Features): RiskFeatures {
  const { hour, declines, customers, paid, firstSeen } = row.cardCounts ?? UNSEEN;
  return {
    amount: row.charged / smallest(row.currency),
    attemptsOfCardInHour: hour,
    declinesOfCardInDay: declines,
    cardsOfCustomerInDay: row.cardsOfCustomer,
    customersOfCardInWeek: customers,
    paidWithCard: paid,
    cardAge: firstSeen === null ? 0 : (row.created - firstSeen) / HOUR,
    customerAge: (row.customerAge ?? 0) / HOUR,
    countriesDiffer: flag(row.countriesDiffer),
    prepaid: flag(row.prepaid),
    emailMissing: flag(row.email === null),
    digitsInEmail: digitsIn(row.email),
    offSession: flag(row.offSession),
    authenticated: flag(row.authenticated),
  };
}

const flag = (known: boolean | null): number => (known === true ? 1 : 0);

/** The smallest charge; where Stripe names none, as many minor units as of most currencies. */
const smallest = (currency: string): number => Math.max(minimumCharge(currency), 50);

function digitsIn(email: string | null): number {
  const [name = ''] = (email ?? '').split('@');
  return name === '' ? 0 : name.replace(/\D/g, '').length / name.length;
}

/** A payment that nobody has attempted here. */
export interface Asked {
  paymentMethod: string;
  customer: string | null;
  email: string | null;
  country: string | null;
  amount: number;
  currency: string;
  offSession: boolean;
  now: number;
}

export async function loadEvaluated(
  sql: Sql,
  { paymentMethod, customer, email, country, amount, currency, offSession, now }: Asked,
): Promise<{ facts: Omit<Parameters<typeof riskOf>[0], 'scored'>; features: RiskFeatures }> {
  const [row] = await sql<(Features & Omit<Parameters<typeof riskOf>[0], 'scored'>)[]>`
    select ${amount}::bigint as charged, ${currency}::text as currency, t.created - c.created as customer_age,
      m.card ->> 'funding' = 'prepaid' as prepaid, false as authenticated, ${offSession}::boolean as off_session,
      m.card ->> 'country' <> coalesce(${country}::text, m.billing_details -> 'address' ->> 'country') as countries_differ,
      coalesce(${email}::text, c.email, m.billing_details ->> 'email') as email, m.gateway, m.livemode, m.risk_level, ${cardCounts(sql)}
    from payment_methods m
    cross join lateral (select ''::text as id, m.account, m.livemode, coalesce(${customer}::text, m.customer) as customer, ${now}::bigint as created,
      coalesce(m.card, m.bank_account) ->> 'fingerprint' as fingerprint) t
    left join customers c on c.id = t.customer
    where m.id = ${paymentMethod}`;
  if (!row) throw new Error(`there is no payment method ${paymentMethod}`);
  const { gateway, livemode, riskLevel } = row;
  return { facts: { gateway, livemode, riskLevel }, features: featuresOf(row) };
}
