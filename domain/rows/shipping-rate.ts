import type { TaxBehavior } from './price';
import type { Metadata, Resource } from './resource';

/** What the delivery of goods costs, and how long it takes. A checkout offers it to the buyer. */
export interface ShippingRate extends Resource {
  active: boolean;
  displayName: string;
  /** In minor units of `currency`. It never changes. */
  amount: number;
  currency: string;
  /** What it costs in other currencies; minor units. In Stripe's snake_case. */
  currencyOptions: Record<string, ShippingAmount>;
  deliveryEstimate: DeliveryEstimate | null;
  taxBehavior: TaxBehavior;
  /** Null: the code for shipping. */
  taxCode: string | null;
  metadata: Metadata;
}

export interface ShippingAmount {
  amount: number;
  tax_behavior: TaxBehavior;
}

export interface DeliveryEstimate {
  maximum: DeliveryTime | null;
  minimum: DeliveryTime | null;
}

export interface DeliveryTime {
  unit: 'business_day' | 'day' | 'hour' | 'month' | 'week';
  value: number;
}

/** What it costs in each currency that it has an amount in. */
export function amountsIn({ amount, currency, currencyOptions, taxBehavior }: ShippingRate): Record<string, ShippingAmount> {
  return { ...currencyOptions, [currency]: { amount, tax_behavior: taxBehavior } };
}

/** What it costs in a currency; undefined where it has no amount. */
export const shippingIn = (rate: ShippingRate, currency: string): ShippingAmount | undefined => amountsIn(rate)[currency];
