/** The customer portal: what a customer may do there, and the sessions in which they do it. Nested objects are in Stripe's snake_case. */
import type { Interval } from './price';
import type { Metadata, Resource } from './resource';

export interface PortalConfiguration extends Resource {
  active: boolean;
  /** The one that sessions use if they name none. Each account and mode has at most one. */
  isDefault: boolean;
  name: string | null;
  businessProfile: PortalBusinessProfile;
  defaultReturnUrl: string | null;
  loginPage: PortalLoginPage;
  features: PortalFeatures;
  metadata: Metadata;
  updated: number;
}

/** In Stripe's snake_case. Who has the address may ask for a link by mail. Null while the page is off; the same whenever it is on. */
export interface PortalLoginPage {
  enabled: boolean;
  url: string | null;
}

/** A link that was mailed to a customer. It opens one session. */
export interface PortalLogin extends Resource {
  customer: string;
  configuration: string;
  /** Epoch seconds of real time. */
  expiresAt: number;
  usedAt: number | null;
}

export interface PortalBusinessProfile {
  headline: string | null;
  privacy_policy_url: string | null;
  terms_of_service_url: string | null;
}

export const CUSTOMER_UPDATES = ['address', 'email', 'name', 'phone', 'shipping', 'tax_id'] as const;
export type CustomerUpdate = (typeof CUSTOMER_UPDATES)[number];

export const CANCELLATION_REASONS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

export const SUBSCRIPTION_UPDATES = ['price', 'promotion_code', 'quantity'] as const;
export type SubscriptionUpdateKind = (typeof SUBSCRIPTION_UPDATES)[number];

/** A change for which one of these holds waits for the end of the period. */
export const SCHEDULING_CONDITIONS = ['decreasing_item_amount', 'shortening_interval'] as const;
export type SchedulingCondition = (typeof SCHEDULING_CONDITIONS)[number];

export interface PortalFeatures {
  customer_update: { enabled: boolean; allowed_updates: CustomerUpdate[] };
  invoice_history: { enabled: boolean };
  payment_method_update: { enabled: boolean };
  subscription_cancel: {
    enabled: boolean;
    mode: 'at_period_end' | 'immediately';
    proration_behavior: 'create_prorations' | 'none';
    cancellation_reason: { enabled: boolean; options: CancellationReason[] };
  };
  subscription_pause: { enabled: boolean; duration: PortalPauseDuration };
  subscription_update: {
    enabled: boolean;
    billing_cycle_anchor: 'now' | 'unchanged' | null;
    default_allowed_updates: SubscriptionUpdateKind[];
    products: PortalProduct[];
    proration_behavior: 'always_invoice' | 'create_prorations' | 'none';
    schedule_at_period_end: { conditions: { type: SchedulingCondition }[] };
    trial_update_behavior: 'continue_trial' | 'end_trial';
  };
}

/** How long a customer may pause: one of the options, or until it ends the pause itself. */
export interface PortalPauseDuration {
  type: 'indefinite' | 'interval_options';
  interval_options: { interval: Interval; interval_count: number }[];
}

/** A product whose prices a customer may change to. */
export interface PortalProduct {
  product: string;
  /** At most one for each interval and currency. */
  prices: string[];
  adjustable_quantity: { enabled: boolean; minimum: number; maximum: number | null };
}

export interface PortalSession extends Resource {
  customer: string;
  configuration: string;
  /** The one thing that the customer came for; null: the whole portal. */
  flow: PortalFlow | null;
  /** Null and `auto`: the customer's language, or the browser's. */
  locale: string | null;
  returnUrl: string | null;
  /** Unguessable: who has it acts for the customer. */
  url: string;
  /** Epoch seconds of real time. Every visit moves it. */
  expiresAt: number;
}

export const PORTAL_FLOWS = [
  'customer_update',
  'payment_method_update',
  'subscription_cancel',
  'subscription_pause',
  'subscription_update',
  'subscription_update_confirm',
] as const;
export type PortalFlowType = (typeof PORTAL_FLOWS)[number];

export interface PortalFlow {
  type: PortalFlowType;
  after_completion: PortalAfterCompletion;
  /** Null for flows that are about no subscription. */
  subscription: string | null;
  /** Only of `subscription_update_confirm`: what the customer confirms. */
  items: PortalFlowItem[] | null;
  /** Only of `subscription_update_confirm`: at most one, which the change applies. */
  discounts: { coupon?: string; promotion_code?: string }[] | null;
  /** Only of `subscription_cancel`: the coupon that is offered to who stays. */
  retention: string | null;
}

export interface PortalFlowItem {
  id: string;
  price: string;
  /** Null for a metered price. */
  quantity: number | null;
}

export type PortalAfterCompletion =
  { type: 'portal_homepage' } | { type: 'redirect'; return_url: string } | { type: 'hosted_confirmation'; custom_message: string | null };

/** What a customer who wanted to cancel has answered to the offer of a coupon. It is offered once for each subscription and coupon. */
export interface PortalRetentionOffer extends Resource {
  customer: string;
  subscription: string;
  /** The coupon's id. */
  coupon: string;
  /** The session in which the offer was answered. */
  session: string;
  status: 'accepted' | 'declined';
}
