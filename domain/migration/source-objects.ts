/** What an import reads of another billing system, in the names of Stripe's API. Older versions show a period on the subscription itself. */
import type { Interval } from '../rows/price';
import type { Address, Metadata, Shipping } from '../rows/resource';
import type { BillingDetails, Card } from '../rows/payment-method';
import type { BillingCycleAnchorConfig, CancellationDetails, PauseCollection } from '../rows/subscription';
import type { Reference, SourceObject } from './source-parts';
import type { SourceSchedule } from './source-schedule';

export interface SourceTaxRate extends SourceObject {
  active: boolean;
  country: string | null;
  description: string | null;
  display_name: string;
  inclusive: boolean;
  jurisdiction: string | null;
  metadata: Metadata | null;
  percentage: number;
  state: string | null;
  tax_type: string | null;
}

export interface SourceProduct extends SourceObject {
  active: boolean;
  default_price?: Reference | null;
  description: string | null;
  images: string[];
  marketing_features: { name?: string }[];
  metadata: Metadata;
  name: string;
  package_dimensions: { height: number; length: number; weight: number; width: number } | null;
  shippable: boolean | null;
  statement_descriptor?: string | null;
  tax_code: Reference | null;
  type?: 'good' | 'service';
  unit_label?: string | null;
  url: string | null;
}

export interface SourceMeter extends SourceObject {
  customer_mapping: { event_payload_key: string };
  default_aggregation: { formula: 'count' | 'last' | 'sum' };
  display_name: string;
  event_name: string;
  event_time_window: 'day' | 'hour' | null;
  status: 'active' | 'inactive';
  value_settings: { event_payload_key: string };
}

interface SourceTier {
  flat_amount_decimal: string | null;
  unit_amount_decimal: string | null;
  up_to: number | null;
}

export interface SourceAmounts {
  custom_unit_amount: { maximum: number | null; minimum: number | null; preset: number | null } | null;
  tax_behavior: 'exclusive' | 'inclusive' | 'unspecified' | null;
  tiers?: SourceTier[] | null;
  unit_amount_decimal: string | null;
}

export interface SourcePrice extends SourceObject, SourceAmounts {
  active: boolean;
  billing_scheme: 'per_unit' | 'tiered';
  currency: string;
  currency_options?: Record<string, SourceAmounts>;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  /** The product itself, because it names its default price. */
  product: SourceProduct | string;
  recurring: {
    interval: Interval;
    interval_count: number;
    meter: string | null;
    trial_period_days: number | null;
    usage_type: 'licensed' | 'metered';
  } | null;
  tiers_mode: 'graduated' | 'volume' | null;
  transform_quantity: { divide_by: number; round: 'down' | 'up' } | null;
}

export interface SourceCoupon extends SourceObject {
  amount_off: number | null;
  applies_to?: { products: string[] };
  currency: string | null;
  currency_options?: Record<string, { amount_off: number }>;
  duration: 'forever' | 'once' | 'repeating';
  duration_in_months: number | null;
  max_redemptions: number | null;
  metadata: Metadata | null;
  name: string | null;
  percent_off: number | null;
  redeem_by: number | null;
  times_redeemed: number;
}

export interface SourcePromotionCode extends SourceObject {
  active: boolean;
  code: string;
  customer: Reference | null;
  expires_at: number | null;
  max_redemptions: number | null;
  metadata: Metadata | null;
  promotion: { coupon: Reference | null };
  restrictions: {
    currency_options?: Record<string, { minimum_amount: number }>;
    first_time_transaction: boolean;
    minimum_amount: number | null;
    minimum_amount_currency: string | null;
  };
  times_redeemed: number;
}

export interface SourceDiscount {
  id: string;
  end: number | null;
  promotion_code: Reference | null;
  source: { coupon: Reference | null };
  start: number;
}

/** A payment method that stays at the processor, as the processor's gateway shows it. */
export interface SourceMethod extends SourceObject {
  type: string;
  /** Null: none that Dunlin charges there. */
  card: Card | null;
  billingDetails: BillingDetails;
  gatewayReference: string;
  metadata: Metadata;
}

/** Credit for usage, with what is left of it at the source. */
export interface SourceGrant extends SourceObject {
  amount: { monetary: { currency: string; value: number } | null; type: string };
  applicability_config: { scope: { price_type?: 'metered'; prices?: { id: string | null }[] } };
  category: 'paid' | 'promotional';
  effective_at: number | null;
  expires_at: number | null;
  metadata: Metadata;
  name: string | null;
  priority?: number | null;
  voided_at: number | null;
  /** Minor units of its currency. */
  left: number;
}

export interface SourceCustomer extends SourceObject {
  address?: Address | null;
  balance: number;
  currency?: string | null;
  default_source: Reference | null;
  deleted?: boolean;
  description: string | null;
  discount?: SourceDiscount | null;
  email: string | null;
  invoice_prefix?: string | null;
  invoice_settings: {
    custom_fields: { name: string; value: string }[] | null;
    default_payment_method: Reference | null;
    footer: string | null;
  };
  metadata: Metadata;
  name?: string | null;
  next_invoice_sequence?: number;
  phone?: string | null;
  preferred_locales?: string[] | null;
  shipping?: Shipping | null;
  tax_exempt?: 'exempt' | 'none' | 'reverse' | null;
  tax_ids?: { data: { id: string; created: number; type: string; value: string }[] };
  /** Its credit by currency, above zero. */
  invoice_credit_balance?: Record<string, number>;
  /** Those that are attached to it. */
  methods: SourceMethod[];
  /** Those that were not voided. */
  grants: SourceGrant[];
}

export interface SourceItem extends SourceObject {
  billing_thresholds: { usage_gte: number | null } | null;
  current_period_end?: number;
  current_period_start?: number;
  discounts?: (SourceDiscount | string)[];
  metadata: Metadata;
  price: { id: string; recurring: { meter?: string | null; usage_type: 'licensed' | 'metered' } | null };
  quantity?: number;
  tax_rates: Reference[] | null;
}

/** What waits for the next invoice: a proration, or what the seller has added. */
export interface SourcePendingItem {
  id: string;
  amount: number;
  currency: string;
  date: number;
  description: string | null;
  discountable: boolean;
  metadata: Metadata | null;
  parent: { subscription_details?: { subscription: Reference; subscription_item?: string } | null } | null;
  period: { end: number; start: number };
  pricing: { price_details?: { price?: Reference; product?: string } } | null;
  proration: boolean;
  quantity: number;
  tax_rates: Reference[] | null;
}

type PeriodOfAll = Pick<SourceSubscription, 'current_period_end' | 'current_period_start'>;

/** Each item has its own period; in older versions of the API, the subscription has one for all. */
export function periodOf({ current_period_start, current_period_end }: PeriodOfAll, item: SourceItem): { start: number; end: number } {
  return { start: item.current_period_start ?? current_period_start ?? 0, end: item.current_period_end ?? current_period_end ?? 0 };
}

export type SourceSubscriptionStatus =
  'active' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'past_due' | 'paused' | 'trialing' | 'unpaid';

export interface SourceSubscription extends SourceObject {
  application?: Reference | null;
  automatic_tax: { enabled: boolean };
  billing_cycle_anchor: number;
  billing_cycle_anchor_config: BillingCycleAnchorConfig | null;
  billing_mode?: { type: 'classic' | 'flexible' };
  billing_thresholds: { amount_gte: number | null; reset_billing_cycle_anchor: boolean | null } | null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  cancellation_details: CancellationDetails | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  currency: string;
  current_period_end?: number;
  current_period_start?: number;
  customer: Reference;
  days_until_due: number | null;
  default_payment_method: Reference | null;
  default_source?: Reference | null;
  default_tax_rates?: Reference[] | null;
  description: string | null;
  discounts: (SourceDiscount | string)[];
  items: { data: SourceItem[]; has_more: boolean };
  latest_invoice: SourceInvoice | null;
  metadata: Metadata;
  on_behalf_of?: Reference | null;
  pause_collection: PauseCollection | null;
  /** Its running schedule. */
  plan: SourceSchedule | null;
  /** Those that wait for its next invoice. */
  pending: SourcePendingItem[];
  payment_settings: { payment_method_types: string[] | null; save_default_payment_method: 'off' | 'on_subscription' | null } | null;
  pending_invoice_item_interval?: object | null;
  pending_update?: object | null;
  schedule: Reference | null;
  start_date: number;
  status: SourceSubscriptionStatus;
  transfer_data?: object | null;
  trial_end: number | null;
  trial_settings: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } } | null;
  trial_start: number | null;
  /** What was counted in the running periods of its metered items, by the hour. */
  usage: { meter: string; at: number; value: string }[];
  /** Whether an invoice of a threshold has billed a part of the running period. */
  threshold_billed: boolean;
}

export interface SourceLine {
  amount: number;
  discount_amounts: { amount: number }[] | null;
  parent: {
    invoice_item_details?: { proration?: boolean; subscription_item?: string | null } | null;
    subscription_item_details?: { proration?: boolean; subscription_item?: string | null } | null;
  } | null;
  period: { end: number; start: number };
  pricing: { price_details?: { price?: Reference } } | null;
  quantity: number | null;
  taxes: { amount: number }[] | null;
}

export interface SourceInvoice extends SourceObject {
  amount_due: number;
  auto_advance?: boolean;
  billing_reason: string | null;
  currency: string;
  customer: Reference | null;
  due_date: number | null;
  lines: { data: SourceLine[]; has_more: boolean };
  parent: { subscription_details?: { subscription: Reference } | null } | null;
  period_end: number;
  status: string | null;
  subtotal: number;
  total: number;
  total_discount_amounts: { amount: number }[] | null;
  total_pretax_credit_amounts?: { amount: number; type: string }[] | null;
  total_taxes: { amount: number }[] | null;
}

/** Every object of a source, by its kind. */
export interface SourceObjects {
  tax_rate: SourceTaxRate;
  product: SourceProduct;
  meter: SourceMeter;
  price: SourcePrice;
  coupon: SourceCoupon;
  promotion_code: SourcePromotionCode;
  customer: SourceCustomer;
  subscription: SourceSubscription;
  subscription_schedule: SourceSchedule;
  invoice: SourceInvoice;
}
