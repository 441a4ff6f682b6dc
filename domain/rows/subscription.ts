import type { DisputePolicy } from './account';
import type { Recurring } from './price';
import type { Metadata, Resource } from './resource';

export type SubscriptionStatus =
  'incomplete' | 'incomplete_expired' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'paused' | 'canceled';

export interface Subscription extends Resource {
  customer: string;
  testClock: string | null;
  /** True while `error_if_incomplete` waits for its first payment. The API does not show it, and a decline removes it. */
  hidden: boolean;
  status: SubscriptionStatus;
  currency: string;
  collectionMethod: 'charge_automatically' | 'send_invoice';
  daysUntilDue: number | null;
  startDate: number;
  billingCycleAnchor: number;
  billingCycleAnchorConfig: BillingCycleAnchorConfig | null;
  /** `updatedAt`: when the subscription was migrated to it; absent: it was created in it. */
  /** Of the running periods; empty for one that has begun at Dunlin. */
  billedElsewhere: BilledElsewhere[];
  billingMode: { type: 'classic' | 'flexible'; updatedAt?: number };
  trialStart: number | null;
  trialEnd: number | null;
  trialSettings: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } };
  trialWillEndSentAt: number | null;
  /** The end of the period whose renewal was announced. Epoch seconds; null: none was. */
  renewalAnnouncedFor: number | null;
  /** When the latest notice of a charge to come was due that its customer got by mail. Epoch seconds; null: none was. */
  noticeGivenFor: number | null;
  /** Nothing is billed from the trial's end to the anchor: the subscription was created with `proration_behavior=none`. */
  freeUntilAnchor: boolean;
  cancelAt: number | null;
  cancelAtPeriodEnd: boolean;
  canceledAt: number | null;
  endedAt: number | null;
  cancellationDetails: CancellationDetails;
  pauseCollection: PauseCollection | null;
  pausedAt: number | null;
  resumptionInvoice: string | null;
  pendingUpdate: PendingUpdate | null;
  pendingSetupIntent: string | null;
  latestInvoice: string | null;
  /** The schedule that drives it. */
  schedule: string | null;
  /** By the id of a dispute: how far the account's settings for disputes were applied. */
  disputeStages: Record<string, DisputeStage>;
  /** The invoice whose recovery has paused its collection in the end. The seller may resume it. */
  pausedFor: string | null;
  /** Since when it gives no access although it is past due: a recovery has taken it away. Epoch seconds. */
  accessEndedAt: number | null;
  defaultPaymentMethod: string | null;
  defaultTaxRates: string[];
  /** In Stripe's snake_case. Switched off, with the reason, when an invoice became final and the customer's place was unknown. */
  automaticTax: { enabled: boolean; disabled_reason: 'requires_location_inputs' | null };
  discounts: string[];
  paymentSettings: SubscriptionPaymentSettings;
  invoiceSettings: SubscriptionInvoiceSettings;
  description: string | null;
  billingThresholds: BillingThresholds | null;
  /** How often its pending invoice items are billed by themselves. Null: with its next invoice. */
  pendingItemBilling: PendingItemBilling | null;
  /** Dunlin's own: the least that a period costs, minor units before discounts and tax. */
  minimumCommitment: number | null;
  /** Dunlin's own: the total of a period beyond which its usage is free, minor units before discounts and tax. */
  maximumSpend: number | null;
  /** The checkout session that began it. */
  checkoutSession: string | null;
  /** When it ends if its first invoice is not paid, if that is not 23 hours after its start. Epoch seconds. */
  incompleteUntil: number | null;
  /** Dunlin's own: what it counts in the monthly recurring revenue, minor units. */
  mrr: number;
  metadata: Metadata;
}

/** Usage is billed in mid-period as soon as it reaches this amount; null: only the items' own thresholds count. */
export interface BillingThresholds {
  amount_gte: number | null;
  /** Whether the billing cycle then starts again. */
  reset_billing_cycle_anchor: boolean | null;
}

export interface PendingItemBilling {
  interval: Recurring['interval'];
  interval_count: number;
  /** When it was set: the intervals count from it. Epoch seconds. */
  anchor: number;
  /** When they are billed next. Epoch seconds. */
  next: number;
}

export interface SubscriptionItem extends Resource {
  deleted: boolean;
  subscription: string;
  price: string;
  /** Null for a metered price. */
  quantity: number | null;
  /** For a metered item: the start of the span whose usage is priced together next. */
  usageFrom: number | null;
  billingThresholds: { usage_gte: number } | null;
  /** The half-open span [start, end) that was billed last, or the trial. */
  currentPeriodStart: number;
  currentPeriodEnd: number;
  discounts: string[];
  taxRates: string[];
  metadata: Metadata;
}

/** Time of an item that another billing system has charged, and that is given back like time that Dunlin has charged. */
export interface BilledElsewhere {
  item: string;
  /** Minor units without exclusive tax, for the whole span. */
  amount: number;
  /** Discounts are off. */
  net: boolean;
  start: number;
  end: number;
}

export interface BillingCycleAnchorConfig {
  day_of_month: number;
  hour: number | null;
  minute: number | null;
  month: number | null;
  second: number | null;
}

export interface CancellationDetails {
  comment: string | null;
  feedback: string | null;
  reason: 'cancellation_requested' | 'payment_disputed' | 'payment_failed' | null;
}

export interface PauseCollection {
  behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void';
  resumes_at: number | null;
}

/** What its invoices say, in Stripe's snake_case. */
export interface SubscriptionInvoiceSettings {
  /** The account's own tax ids that its invoices show. */
  account_tax_ids?: string[] | null;
  custom_fields?: { name: string; value: string }[] | null;
  description?: string | null;
  footer?: string | null;
  issuer?: { type: 'self' };
}

export interface SubscriptionPaymentSettings {
  payment_method_options: null;
  payment_method_types: string[] | null;
  save_default_payment_method: 'off' | 'on_subscription';
}

/** A change that waits for the payment of its invoice: the request's parameters, and the effect of a failed payment. */
export interface PendingUpdate {
  expires_at: number;
  billing_cycle_anchor: number | null;
  trial_end: number | null;
  items: PendingItem[] | null;
  invoice: string;
  /** `keep`: pending_if_incomplete. `discard`: error_if_incomplete, where a decline leaves no trace. */
  on_failure: 'keep' | 'discard';
  proration_date: number;
  /** Previous values of settings that the same request changed. A discarded update restores them. */
  restore: Partial<Subscription> | null;
}

export interface PendingItem {
  id: string;
  price: string;
  quantity: number | null;
  deleted: boolean;
  created: boolean;
  current_period_start: number;
  current_period_end: number;
  usage_from: number | null;
  tax_rates: string[];
  metadata: Metadata;
}

export interface DisputeStage {
  stage: 'lost' | 'opened' | 'won';
  /** What the settings have done, so that it can be undone. */
  did: DisputePolicy | 'resumed';
}
