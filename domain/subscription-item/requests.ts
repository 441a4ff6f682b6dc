import type { ItemChangeParameters, ItemParameters, UpdateSubscriptionParameters } from '../rows/subscription-parameters';

/** A request for one item, as the equivalent update of its subscription. */
export function itemRequest(
  verb: 'create' | 'update' | 'delete',
  subscription: string,
  params: ItemChangeParameters,
): UpdateSubscriptionParameters {
  const { price, described, quantity, metadata, tax_rates, discounts, clear_usage, billing_thresholds } = params;
  const item: ItemParameters = {
    ...(params.path.item === undefined ? {} : { id: params.path.item }),
    ...(verb === 'delete' ? { deleted: true } : {}),
    ...present({ price, described, quantity, metadata, tax_rates, discounts, clear_usage, billing_thresholds }),
  };
  const { payment_behavior, proration_behavior, proration_date } = params;
  return { path: { subscription }, items: [item], ...present({ payment_behavior, proration_behavior, proration_date }) };
}

function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
