/** Callers' parameters for quotes, as the route's schema parsed them from Stripe's form; absent means not sent. */
import type { PriceData } from '../price/inline-price';
import type { QuoteSubscriptionData } from '../rows/quote';
import type { Metadata } from '../rows/resource';
import type { DiscountParameters } from '../rows/subscription-parameters';
import type { PhaseInvoiceSettings } from '../rows/subscription-schedule';

export interface QuoteLineParameters {
  /** For an existing line: it stays, with the changed fields. */
  id?: string | undefined;
  price?: string | undefined;
  price_data?: PriceData | undefined;
  quantity?: number | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  tax_rates?: string[] | null | undefined;
}

export interface QuoteSubscriptionParameters {
  billing_mode?: QuoteSubscriptionData['billing_mode'] | undefined;
  description?: string | null | undefined;
  effective_date?: number | 'current_period_end' | null | undefined;
  metadata?: Metadata | null | undefined;
  trial_period_days?: number | null | undefined;
}

export interface QuoteParameters {
  automatic_tax?: { enabled: boolean } | undefined;
  collection_method?: 'charge_automatically' | 'send_invoice' | undefined;
  customer?: string | undefined;
  default_tax_rates?: string[] | null | undefined;
  description?: string | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  expires_at?: number | undefined;
  footer?: string | null | undefined;
  header?: string | null | undefined;
  invoice_settings?: { [K in keyof PhaseInvoiceSettings]?: PhaseInvoiceSettings[K] | undefined } | undefined;
  line_items?: QuoteLineParameters[] | undefined;
  metadata?: Metadata | null | undefined;
  subscription_data?: QuoteSubscriptionParameters | undefined;
}
