/** Usage and spend so far, with a forecast of the period, and the prepaid credit of the customer. */
import { loadMatching } from '../../db/matching';
import { loadRows } from '../../db/related';
import { itemsOf } from '../../domain/portal/permissions';
import type { CreditTopUp } from '../../domain/rows/credit-top-up';
import { priceIn } from '../../domain/rows/price';
import type { Rows } from '../../domain/rows/rows';
import { forecastOf } from '../../domain/usage/forecast';
import type { WireSpanUsage, WireSubscriptionUsage } from '../../objects/shapes/customer-usage';
import type { PortalUsage, PortalUsedItem, PortalView } from '../../web/portal/model';
import { retrieveCustomerUsage } from '../routes/customers/usage';
import { listMeterEventSummaries } from '../routes/meters/event-summaries';
import { read, type Visit } from './operations';
import type { PortalRows } from './rows';

const DAY = 86_400;
/** The most days of a chart; of longer periods it has the last ones. */
const CHART_DAYS = 31;

interface CustomerUsage {
  as_of: number;
  subscriptions: WireSubscriptionUsage[];
  credits: { currency: string; left: number | null }[];
}

/** Whether the customer has anything that is counted or prepaid. */
export async function hasUsage(visit: Visit, found: PortalRows): Promise<boolean> {
  const isMetered = found.subscriptions.some((each) =>
    itemsOf(found.rows, each).some(({ price }) => found.rows.get('price', price).recurring?.usage_type === 'metered'),
  );
  return isMetered || (await topUpsOf(visit)).length > 0;
}

/** Null: there is nothing to show. */
export async function usageOf(visit: Visit, found: PortalRows): Promise<PortalView | null> {
  if (!(await hasUsage(visit, found))) return null;
  const path = { customer: visit.session.customer };
  const reply = await read(visit, { operation: retrieveCustomerUsage, path, parameters: {} });
  if (!('body' in reply)) throw new Error('usage has no row');
  const usage = reply.body as unknown as CustomerUsage;
  const shown: PortalUsage['subscriptions'] = [];
  for (const each of usage.subscriptions.filter(({ items }) => items.length > 0))
    shown.push(await subscriptionOf(visit, found.rows, each, usage.as_of));
  const topUps = (await topUpsOf(visit)).map(({ currency, threshold, amount, monthlyLimit, status, unitAmount }) => ({
    ...{ currency, threshold, amount, monthlyLimit, price: unitAmount ?? amount, isPaused: status === 'paused' },
  }));
  return { name: 'usage', subscriptions: shown, credits: usage.credits, topUps };
}

async function topUpsOf({ deps, session }: Visit): Promise<CreditTopUp[]> {
  const filters = [
    { column: 'customer', equals: session.customer },
    { column: 'deleted', equals: false },
  ];
  return (await loadMatching(deps.sql, session, [{ kind: 'creditTopUp', filters }])).all('creditTopUp');
}

async function subscriptionOf(
  visit: Visit,
  rows: Rows,
  usage: WireSubscriptionUsage,
  now: number,
): Promise<PortalUsage['subscriptions'][number]> {
  const items: PortalUsedItem[] = [];
  for (const span of usage.items.filter(({ running }) => running))
    items.push(await itemOf(visit, rows, { span, currency: usage.currency, now }));
  const forecasts = items.map(({ forecast, amount }) => (forecast === null ? null : forecast.amount - amount));
  const isBounded = usage.maximum_spend !== null || usage.minimum_commitment !== null;
  const growth = forecasts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0);
  return {
    currency: usage.currency,
    from: usage.current_period_start,
    to: usage.current_period_end,
    total: usage.total_amount,
    // A minimum or a maximum changes what the usage costs together.
    expected: isBounded || growth === null ? null : usage.total_amount + growth,
    items,
  };
}

async function itemOf(
  visit: Visit,
  rows: Rows,
  { span, currency, now }: { span: WireSpanUsage; currency: string; now: number },
): Promise<PortalUsedItem> {
  const found = await loadRows(visit.deps.sql, 'meter', visit.session, [span.meter]);
  const { formula, displayName } = found.get('meter', span.meter);
  const price = rows.get('price', span.price);
  const { start: from, end: to } = span.period;
  return {
    name: rows.find('product', price.product)?.name ?? displayName,
    meter: displayName,
    quantity: span.quantity,
    amount: span.amount,
    forecast: forecastOf({ quantity: span.quantity, from, to, formula }, priceIn(price, currency), now),
    days: await daysOf(visit, span, now),
  };
}

/** What each day has added, oldest first. */
async function daysOf(
  visit: Visit,
  { meter, period, dimension_filters: filters }: WireSpanUsage,
  now: number,
): Promise<PortalUsedItem['days']> {
  const end = (Math.floor(now / DAY) + 1) * DAY;
  const start = Math.max(Math.floor(period.start / DAY) * DAY, end - CHART_DAYS * DAY);
  const parameters = {
    customer: visit.session.customer,
    start_time: String(start),
    end_time: String(end),
    value_grouping_window: 'day',
    limit: String(CHART_DAYS),
    ...(Object.keys(filters).length === 0 ? {} : { dimension_filters: filters }),
  };
  const reply = await read(visit, { operation: listMeterEventSummaries, path: { meter }, parameters });
  if (!('body' in reply)) throw new Error('a summary has no row');
  const { data } = reply.body as unknown as { data: { start_time: number; aggregated_value: number }[] };
  return data.map(({ start_time: at, aggregated_value: value }) => ({ at, value })).reverse();
}
