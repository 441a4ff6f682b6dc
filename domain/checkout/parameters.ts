/** Callers' parameters for checkout sessions, as the route's schema parsed them from Stripe's form; absent means not sent. */
import type { PriceData } from '../price/inline-price';
import type { CheckoutPaymentData, CheckoutSession, CheckoutSettings, CheckoutSubscriptionData } from '../rows/checkout-session';
import type { Metadata } from '../rows/resource';
import type { DiscountParameters } from '../rows/subscription-parameters';

type Sent<T> = { [K in keyof T]?: T[K] | undefined };

/** A new product that only this line sells. */
export interface ProductData {
  name: string;
  description?: string | undefined;
  metadata?: Metadata | null | undefined;
  tax_code?: string | undefined;
}

export interface CheckoutPriceData extends Omit<PriceData, 'product'> {
  product?: string | undefined;
  product_data?: ProductData | undefined;
}

export interface CheckoutLineParameters {
  /** For an existing line: it stays, with the changed fields. */
  id?: string | undefined;
  adjustable_quantity?: { enabled: boolean; minimum?: number | undefined; maximum?: number | undefined } | undefined;
  metadata?: Metadata | null | undefined;
  price?: string | undefined;
  price_data?: CheckoutPriceData | undefined;
  quantity?: number | undefined;
  tax_rates?: string[] | null | undefined;
}

type Data<T extends { metadata: Metadata }> = Sent<Omit<T, 'metadata'>> & { metadata?: Metadata | null | undefined };

export interface CreateSessionParameters extends Sent<
  Omit<CheckoutSettings, 'automatic_tax' | 'payment_intent_data' | 'return_url' | 'setup_intent_data' | 'subscription_data'>
> {
  automatic_tax?: { enabled: boolean } | undefined;
  client_reference_id?: string | undefined;
  currency?: string | undefined;
  customer?: string | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  expires_at?: number | undefined;
  line_items?: CheckoutLineParameters[] | undefined;
  metadata?: Metadata | null | undefined;
  mode: CheckoutSession['mode'];
  payment_intent_data?: Data<CheckoutPaymentData> | undefined;
  return_url?: string | undefined;
  setup_intent_data?: { description?: string | undefined; metadata?: Metadata | null | undefined } | undefined;
  subscription_data?: Data<Omit<CheckoutSubscriptionData, 'default_tax_rates'>> & { default_tax_rates?: string[] | null | undefined };
  ui_mode?: CheckoutSession['uiMode'] | undefined;
}
