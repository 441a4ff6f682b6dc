/**
 * Callers' parameters for subscriptions, as the route's schema parsed them from Stripe's form (numbers, booleans and null instead of form
 * text). An absent property was not sent; `null` is Stripe's empty string.
 */
import type { PortalRetentionOffer } from './portal';
import type { Recurring } from './price';
import type { Metadata } from './resource';
import type { BillingCycleAnchorConfig, CancellationDetails, PauseCollection, SubscriptionPaymentSettings } from './subscription';

export interface ItemParameters {
  id?: string;
  price?: string;
  /** The request described the price (`price_data`), so the request may use it although it is inactive. */
  described?: boolean;
  quantity?: number;
  deleted?: boolean;
  /** Only with `deleted`: drop the period's unbilled usage. */
  clear_usage?: boolean;
  metadata?: Metadata | null;
  tax_rates?: string[] | null;
  billing_thresholds?: { usage_gte: number } | null;
  discounts?: DiscountParameters[] | null;
}

/** `coupon` is the coupon's id in the API. */
export interface DiscountParameters {
  coupon?: string;
  discount?: string;
  promotion_code?: string;
}

/** Stripe's; `null` removes them. Amounts are minor units of the subscription's currency. */
export interface ThresholdParameters {
  amount_gte?: number | null;
  reset_billing_cycle_anchor?: boolean | null;
}

export type PaymentBehavior = 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete';
export type ProrationBehavior = 'create_prorations' | 'always_invoice' | 'none';

export interface PendingItemInterval {
  interval: Recurring['interval'];
  interval_count?: number;
}

export interface SubscriptionSettingsParameters {
  billing_thresholds?: ThresholdParameters | null;
  /** Dunlin's own; `null` removes it. */
  minimum_commitment?: { amount: number } | null;
  maximum_spend?: { amount: number } | null;
  collection_method?: 'charge_automatically' | 'send_invoice';
  days_until_due?: number;
  default_payment_method?: string | null;
  automatic_tax?: { enabled: boolean };
  default_tax_rates?: string[] | null;
  description?: string | null;
  discounts?: DiscountParameters[] | null;
  metadata?: Metadata | null;
  off_session?: boolean;
  payment_settings?: Partial<SubscriptionPaymentSettings>;
  invoice_settings?: Record<string, unknown>;
  trial_settings?: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } } | null;
  /** `null` removes it. */
  pending_invoice_item_interval?: PendingItemInterval | null;
  payment_behavior?: PaymentBehavior;
  proration_behavior?: ProrationBehavior;
  cancel_at?: number | 'min_period_end' | 'max_period_end' | null;
  cancel_at_period_end?: boolean;
}

export interface CreateSubscriptionParameters extends SubscriptionSettingsParameters {
  customer: string;
  items: ItemParameters[];
  currency?: string;
  add_invoice_items?: { price: string; quantity?: number; tax_rates?: string[]; discounts?: DiscountParameters[] }[];
  backdate_start_date?: number;
  billing_cycle_anchor?: number;
  billing_cycle_anchor_config?: BillingCycleAnchorConfig;
  billing_mode?: { type: 'classic' | 'flexible' };
  trial_end?: number | 'now';
  trial_period_days?: number;
  trial_from_plan?: boolean;
  /** The schedule that starts the subscription: the first invoice is a draft for an hour. */
  schedule?: string;
  /** The accepted quote that starts the subscription: the first invoice is a draft, too. */
  quote?: string;
  /** The checkout session that starts the subscription. */
  checkout_session?: string;
}

/** Whether a schedule or a quote starts it: it is active at once, and its first invoice can be edited for an hour. */
export const isDrafted = ({ schedule, quote }: CreateSubscriptionParameters): boolean => (schedule ?? quote) !== undefined;

export interface UpdateSubscriptionParameters extends SubscriptionSettingsParameters {
  path: { subscription: string };
  items?: ItemParameters[];
  add_invoice_items?: { price: string; quantity?: number; tax_rates?: string[]; discounts?: DiscountParameters[] }[];
  billing_cycle_anchor?: 'now' | 'unchanged';
  proration_date?: number;
  trial_end?: number | 'now';
  pause_collection?: PauseCollection | null;
  cancellation_details?: Partial<Pick<CancellationDetails, 'comment' | 'feedback'>>;
  retention_answer?: RetentionAnswer;
}

/** What the customer has answered to an offer of the portal by this change. Only the portal's own forms have it. */
export type RetentionAnswer = Pick<PortalRetentionOffer, 'coupon' | 'session' | 'status'>;

export interface CancelSubscriptionParameters {
  path: { subscription: string };
  invoice_now?: boolean;
  prorate?: boolean;
  cancellation_details?: Partial<Pick<CancellationDetails, 'comment' | 'feedback'>>;
  retention_answer?: RetentionAnswer;
}

export interface ResumeSubscriptionParameters {
  path: { subscription: string };
  billing_cycle_anchor?: 'now' | 'unchanged';
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
}

/** POST /v1/subscription_items and its update and delete: one item's change, with the behaviors of a subscription update. */
export interface ItemChangeParameters extends ItemParameters {
  path: { item?: string };
  subscription?: string;
  payment_behavior?: PaymentBehavior;
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
}
