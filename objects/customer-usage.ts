/** A customer's usage so far and its amount. Dunlin's own. */
import { lateSpans, spendSoFar, usageSoFar, type SpanUsage } from '../domain/usage/live-usage';
import type { Rows } from '../domain/rows/rows';
import type { Subscription } from '../domain/rows/subscription';
import type { WireSpanUsage, WireSubscriptionUsage } from './shapes/customer-usage';

/** The part of a span's usage that has these values of the requested dimensions. */
export interface UsageGroup {
  dimensions: Record<string, string | null>;
  quantity: string;
  events: number;
}

export interface SpanFilter {
  meter: string | null;
  /** The groups of a span, if the request names dimensions. */
  groupsOf: (span: SpanUsage) => UsageGroup[] | null;
}

export function subscriptionUsage(
  rows: Rows,
  subscription: Subscription,
  now: number,
  { meter, groupsOf }: SpanFilter,
): WireSubscriptionUsage {
  const { start, end, advance, usage, reduction, total, missing } = spendSoFar(rows, subscription, now);
  const isAsked = (span: SpanUsage) => meter === null || span.meter === meter;
  return {
    subscription: subscription.id,
    status: subscription.status,
    currency: subscription.currency,
    current_period_start: start,
    current_period_end: end,
    items: usageSoFar(rows, subscription, now)
      .filter(isAsked)
      .map((span) => spanUsage(rows, span, groupsOf(span))),
    late: lateSpans(rows, subscription)
      .filter(isAsked)
      .map((span) => spanUsage(rows, span, null)),
    advance_amount: advance,
    usage_amount: usage,
    minimum_commitment: boundOf(subscription.minimumCommitment, { missing }),
    maximum_spend: boundOf(subscription.maximumSpend, { reduction }),
    total_amount: total,
  };
}

const boundOf = <Effect extends object>(amount: number | null, effect: Effect) => (amount === null ? null : { amount, ...effect });

function spanUsage(rows: Rows, span: SpanUsage, groups: UsageGroup[] | null): WireSpanUsage {
  const { subscriptionItem, price, meter, filters, from, to, running, events, quantity, amount, basis, billed, unbilled } = span;
  return {
    subscription_item: subscriptionItem,
    price,
    product: rows.get('price', price).product,
    meter,
    dimension_filters: filters,
    period: { start: from, end: to },
    running,
    events,
    quantity,
    amount,
    rule: basis.rule,
    ...(basis.tiers ? { tiers: basis.tiers } : {}),
    ...(basis.beyond ? { beyond: true } : {}),
    billed,
    unbilled,
    ...(groups ? { groups } : {}),
  };
}
