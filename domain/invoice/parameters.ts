/** Callers' parameters for invoices, as the route's schema parsed them from Stripe's form; absent means not sent. */
import type { PageSize } from '../rows/document-settings';
import type { RenderingParameters } from '../invoice-rules/wording';
import type { LinePriceData } from './line-price';
import type { DiscountParameters } from '../rows/subscription-parameters';
import type { ShippingRateAsked } from '../price/shipping-rates';
import type { Metadata, ShippingParameters } from '../rows/resource';

export interface InvoiceSettingsParameters {
  account_tax_ids?: string[] | null;
  auto_advance?: boolean;
  automatic_tax?: { enabled: boolean };
  automatically_finalizes_at?: number;
  collection_method?: 'charge_automatically' | 'send_invoice';
  custom_fields?: { name: string; value: string }[] | null;
  days_until_due?: number;
  default_payment_method?: string | null;
  default_tax_rates?: string[] | null;
  description?: string | null;
  discounts?: DiscountParameters[] | null;
  due_date?: number;
  effective_at?: number | null;
  footer?: string | null;
  /** There is no other issuer than the account itself. */
  issuer?: { type: 'self' };
  metadata?: Metadata | null;
  /** Of a draft. */
  number?: string | null;
  payment_settings?: Record<string, unknown>;
  /** The page size may change on a final invoice, too. */
  rendering?: RenderingParameters & { pdf?: { page_size?: PageSize | undefined } | undefined };
  /** Null removes it. */
  shipping_cost?: ShippingRateAsked | null;
  /** Null removes them. */
  shipping_details?: ShippingParameters | null;
  statement_descriptor?: string | null;
}

export interface CreateInvoiceParameters extends InvoiceSettingsParameters {
  /** Absent if it is a revision, which has its original's customer. */
  customer?: string;
  from_invoice?: { action: 'revision'; invoice: string };
  subscription?: string;
  currency?: string;
  pending_invoice_items_behavior?: 'include' | 'exclude';
}

export interface UpdateInvoiceParameters extends InvoiceSettingsParameters {
  path: { invoice: string };
}

export interface PayInvoiceParameters {
  path: { invoice: string };
  forgive?: boolean;
  off_session?: boolean;
  paid_out_of_band?: boolean;
  payment_method?: string;
}

export interface FinalizeInvoiceParameters {
  path: { invoice: string };
  auto_advance?: boolean;
}

export interface LineParameters {
  id?: string | undefined;
  /** For a new line: a pending item that becomes this line. */
  invoice_item?: string | undefined;
  amount?: number | undefined;
  description?: string | null | undefined;
  discountable?: boolean | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  metadata?: Metadata | null | undefined;
  period?: { start: number; end: number } | undefined;
  pricing?: { price?: string | undefined } | undefined;
  price_data?: LinePriceData | undefined;
  quantity?: number | undefined;
  tax_rates?: string[] | null | undefined;
}

/** With `unassign`, its invoice item waits for another invoice. */
export interface RemovedLine {
  id: string;
  behavior: 'delete' | 'unassign';
}
