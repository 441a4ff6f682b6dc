/** What Stripe has counted in the running periods of a subscription's metered items, by the hour. */
import { periodOf, type SourceSubscription } from '../../domain/migration/source-objects';
import { idOf } from '../../domain/migration/source-parts';
import type { TakenUsage } from '../../domain/migration/taking';
import type { Query } from './asking';

interface Reader {
  all<T extends { id: string }>(path: string, query: Query): Promise<T[]>;
}

interface Summary {
  id: string;
  aggregated_value: number;
  start_time: number;
}

const MINUTE = 60;
const HOUR = 3600;
/** Hours in one request: as many as are asked for at once. */
const SPAN = 960 * HOUR;

/** Of the first minute of a period that does not begin with one nothing is known. */
export async function usageOf(reader: Reader, subscription: SourceSubscription, until: number): Promise<TakenUsage[]> {
  const spans = new Map<string, { meter: string; from: number }>();
  for (const item of subscription.items.data) {
    const meter = item.price.recurring?.meter ?? null;
    const from = Math.ceil(periodOf(subscription, item).start / MINUTE) * MINUTE;
    if (meter !== null && from < until) spans.set(JSON.stringify([meter, from]), { meter, from });
  }
  const customer = idOf(subscription.customer);
  const found: TakenUsage[] = [];
  for (const span of spans.values()) found.push(...(await hoursOf(reader, { customer, until, ...span })));
  return found;
}

async function hoursOf(reader: Reader, of: { customer: string; meter: string; from: number; until: number }): Promise<TakenUsage[]> {
  const { customer, meter, from, until } = of;
  const path = `/v1/billing/meters/${encodeURIComponent(meter)}/event_summaries`;
  const read = (start: number, end: number, by: Query) =>
    start < end ? reader.all<Summary>(path, { customer, start_time: String(start), end_time: String(end), ...by }) : [];
  const whole = Math.ceil(from / HOUR) * HOUR;
  const found = [...(await read(from, Math.min(whole, until), {}))];
  for (let start = whole; start < until; start += SPAN) {
    found.push(...(await read(start, Math.min(start + SPAN, until), { value_grouping_window: 'hour' })));
  }
  return found.flatMap(({ aggregated_value: value, start_time: at }) => (value === 0 ? [] : [{ meter, at, value: String(value) }]));
}

/** Whether an invoice of a threshold has billed a part of what was counted. */
export async function isThresholdBilled(reader: Reader, subscription: SourceSubscription): Promise<boolean> {
  const { id, billing_thresholds: thresholds, items } = subscription;
  const metered = items.data.filter(({ price }) => price.recurring?.usage_type === 'metered');
  const hasThreshold = thresholds !== null || metered.some(({ billing_thresholds: of }) => of !== null);
  if (!hasThreshold || metered.length === 0) return false;
  const since = Math.min(...metered.map((item) => periodOf(subscription, item).start));
  const query = { subscription: id, 'created[gte]': String(since) };
  const invoices = await reader.all<{ id: string; billing_reason: string | null }>('/v1/invoices', query);
  return invoices.some(({ billing_reason: reason }) => reason === 'subscription_threshold');
}
