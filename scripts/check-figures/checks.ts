/** What the reports of the API say, beside what this script makes of the objects of the API. */
import type Stripe from 'stripe';
import type { Ask, Figure, Json } from './figure';
import { fraction, over, percent, rounded, times } from './fractions';
import { ledger } from './ledger';
import { margins } from './margins';
import { readBooks, sum, type Books } from './read';
import { cohortOf, movementsOf, periodOf, type Movement } from './recurring';

const MONTHS = 12;
const THIRTY_DAYS = 30 * 86_400;

/** Of a test clock's customers, up to the clock's time; the ledger, margins and recovery of the whole account. */
export async function checkFigures(stripe: Stripe, clock: string): Promise<Figure[]> {
  const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clock);
  const books = await readBooks(stripe, clock);
  const ask: Ask = async (path, query) => {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return stripe.rawRequest('GET', `${path}?${search.toString()}`) as Promise<Json>;
  };
  const currencies = [...new Set(books.subscriptions.map(({ currency }) => currency))].sort();
  const figures: Figure[] = [];
  for (const currency of currencies) {
    const movements = movementsOf(books, currency);
    const whose = { currency, test_clock: clock };
    figures.push(
      ...(await recurring(ask, movements, { ...whose, now })),
      ...(await cohorts(ask, movements, { ...whose, now })),
      ...(await summary(ask, books, movements, { ...whose, now })),
      ...(await ledger(ask, books, { currency, months: monthsUntil(now) })),
      ...(await margins(ask, books, currency)),
      ...(await recovery(ask, books, currency)),
    );
  }
  return [...figures, ...(await usage(stripe, books))];
}

/** Figures that differ. */
export const wrongOf = (figures: readonly Figure[]): Figure[] =>
  figures.filter(({ shown, expected }) => JSON.stringify(shown) !== JSON.stringify(expected));

interface Whose {
  currency: string;
  test_clock: string;
  now: number;
}

const monthAt = (at: number, months: number): number => {
  const day = new Date(at * 1000);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months) / 1000;
};
/** The months that the figures are of, the oldest first: where each begins and ends. */
const monthsUntil = (now: number): { start: number; end: number }[] =>
  Array.from({ length: MONTHS + 1 }, (_, index) => ({ start: monthAt(now, index - MONTHS), end: monthAt(now, index - MONTHS + 1) }));
const ordered = (value: object): Json => Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)));

async function recurring(ask: Ask, movements: readonly Movement[], { now, ...whose }: Whose): Promise<Figure[]> {
  const shown = await ask('/v1/insight/mrr', { ...whose, from: monthAt(now, -MONTHS), to: now + 1 });
  const periods = shown['periods'] as { start: number; end: number; movements: object; rates: object }[];
  const listed: Json[] = [];
  for (let after = ''; ;) {
    const page = await ask('/v1/insight/mrr_movements', { ...whose, limit: 100, ...(after && { starting_after: after }) });
    listed.push(...(page['data'] as Json[]));
    after = String(listed.at(-1)?.['id']);
    if (page['has_more'] !== true) break;
  }
  const lineOf = (at: unknown, customer: unknown, type: unknown, amount: unknown): string => [at, customer, type, amount].join(' ');
  return [
    {
      name: `${whose.currency}: movements`,
      shown: listed.map((each) => lineOf(each['created'], each['customer'], each['type'], each['amount'])).sort(),
      expected: movements.map(({ at, customer, type, amount }) => lineOf(at, customer, type, amount)).sort(),
    },
    ...periods.map((period) => ({
      name: `${whose.currency}: recurring revenue of ${new Date(period.start * 1000).toISOString().slice(0, 7)}`,
      shown: ordered({ ...period, movements: ordered(period.movements), rates: ordered(period.rates) }),
      expected: ordered(periodOf(movements, period.start, period.end)),
    })),
  ];
}

async function cohorts(ask: Ask, movements: readonly Movement[], { now, ...whose }: Whose): Promise<Figure[]> {
  const shown = await ask('/v1/insight/cohorts', { ...whose, months: MONTHS });
  const shownCohorts = shown['cohorts'] as {
    month: string;
    customers: number;
    months: { customers: number; mrr: number; retention: string | null }[];
  }[];
  return shownCohorts.map(({ month, customers, months }) => {
    const start = Date.parse(`${month}-01T00:00:00Z`) / 1000;
    const ages = months.map((_, age) => Math.min(monthAt(start, age + 1), now + 1));
    const expected = cohortOf(movements, [start, monthAt(start, 1)], ages);
    return {
      name: `${whose.currency}: cohort ${month}`,
      shown: { customers, months: months.map(({ customers: left, mrr, retention }) => ({ customers: left, mrr, retention })) },
      expected: {
        customers: expected.joined,
        months: expected.ages.map((age) => ({ ...age, retention: percent(age.customers, expected.joined) })),
      },
    };
  });
}

async function summary(
  ask: Ask,
  { invoices, subscriptions }: Books,
  movements: readonly Movement[],
  { now, ...whose }: Whose,
): Promise<Figure[]> {
  const shown = await ask('/v1/insight/summary', whose);
  const end = now + 1;
  const { rates, closing_mrr: mrr, closing_customers: customers } = periodOf(movements, end - THIRTY_DAYS, end);
  const average = customers === 0 ? null : rounded([BigInt(mrr), BigInt(customers)]);
  const ended = subscriptions.filter(
    ({ currency, trial_end: at }) => currency === whose.currency && at !== null && at >= end - THIRTY_DAYS && at < end,
  );
  const converted = ended.filter(({ id, trial_end: at }) =>
    invoices.some((each) => subscriptionOf(each) === id && each.status === 'paid' && each.amount_paid > 0 && each.period_end >= (at ?? 0)),
  );
  const trials = { conversion: percent(converted.length, ended.length), converted: converted.length, ended: ended.length };
  const of = (name: string): unknown => shown[name];
  return [
    {
      name: `${whose.currency}: summary`,
      shown: [
        of('mrr'),
        of('arr'),
        of('customers'),
        of('average_revenue_per_customer'),
        of('lifetime_value'),
        ordered(of('last_30_days') as Json),
        ordered(of('trials') as Json),
      ],
      expected: [mrr, mrr * 12, customers, average, lifetimeOf(average, rates.customer_churn), ordered(rates), ordered(trials)],
    },
  ];
}

/** What a customer brings in a month, over the share of customers that leaves in one. */
function lifetimeOf(average: number | null, churn: string | null): number | null {
  if (average === null || churn === null || Number(churn) === 0) return null;
  const [numerator, denominator] = fraction(churn);
  return rounded(over(times([BigInt(average) * 100n, 1n], [denominator, 1n]), numerator));
}

const subscriptionOf = ({ parent }: Stripe.Invoice): unknown => parent?.subscription_details?.subscription;

/** Invoices whose charge was declined, but for the first one of a subscription that never began. */
async function recovery(ask: Ask, { declined, invoices, subscriptions }: Books, currency: string): Promise<Figure[]> {
  const report = await ask('/v1/recovery_report', { from: 0, to: 4_102_444_800 });
  const totals = (report['totals'] as Json[]).find((each) => each['currency'] === currency) ?? {};
  const neverBegan = new Set(subscriptions.filter(({ status }) => status.startsWith('incomplete')).map(({ id }) => id));
  const own = invoices.filter(
    (each) => each.currency === currency && declined.has(each.id) && !neverBegan.has(String(subscriptionOf(each))),
  );
  const names = ['invoices', 'recovered', 'amount_recovered', 'amount_credited'];
  return [
    {
      name: `${currency}: recovery`,
      shown: names.map((name) => totals[name] ?? 0),
      expected: [
        ...[own.length, own.filter(({ status }) => status === 'paid').length, sum(own.map((each) => each.amount_paid))],
        sum(own.map((each) => each.pre_payment_credit_notes_amount)),
      ],
    },
  ];
}

interface MeteredSpan {
  meter: string;
  customer: string;
  start: number;
  end: number;
  quantity: number;
}

/** What metered lines of final invoices say was used, beside what the meter counted in the same spans. */
async function usage(stripe: Stripe, books: Books): Promise<Figure[]> {
  const spans = new Map<string, MeteredSpan>();
  for (const line of meteredLines(books)) {
    const name = `${line.meter} ${line.customer} ${String(line.start)} ${String(line.end)}`;
    spans.set(name, { ...line, quantity: line.quantity + (spans.get(name)?.quantity ?? 0) });
  }
  const figures: Figure[] = [];
  for (const { meter, customer, start, end, quantity } of spans.values()) {
    const found = await stripe.billing.meters.listEventSummaries(meter, { customer, start_time: start, end_time: end });
    const counted = sum(found.data.map((each) => each.aggregated_value));
    figures.push({ name: `usage of ${customer} from ${String(start)}`, shown: quantity, expected: counted });
  }
  return figures;
}

function meteredLines({ invoices, prices }: Books): MeteredSpan[] {
  return invoices
    .filter(({ status }) => status !== 'draft')
    .flatMap(({ customer, lines }) =>
      lines.data.flatMap(({ period, pricing, quantity }) => {
        const price = prices.get(pricing?.price_details?.price as string);
        const meter = price?.recurring?.meter;
        return meter === undefined || meter === null ? [] : [{ meter, customer: customer as string, ...period, quantity: quantity ?? 0 }];
      }),
    );
}
