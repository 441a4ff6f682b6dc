import type { Margin } from '../domain/meter/margins';
import { marginId, marginRatio, marginOf } from '../domain/meter/margins';
import type { WireMargin } from './shapes/margin';

/** The seller's earnings for one key and period. Dunlin's own; costs and margins are exact decimals of minor units. */
export function toMargin(margin: Margin, currency: string, by: { customer: boolean; product: boolean; meter: boolean }): WireMargin {
  const { customer, product, meter, from, to, revenue, costs } = margin;
  const others = Object.entries(costs).filter(([each]) => each !== currency);
  return {
    id: marginId(margin),
    object: 'billing.margin',
    ...(by.customer ? { customer } : {}),
    ...(by.product ? { product } : {}),
    ...(by.meter ? { meter } : {}),
    period: { start: from, end: to },
    currency,
    revenue,
    cost: costs[currency] ?? '0',
    margin: marginOf(margin, currency),
    margin_percent: marginRatio(margin, currency),
    other_costs: others.map(([each, cost]) => ({ currency: each, cost })),
  };
}
