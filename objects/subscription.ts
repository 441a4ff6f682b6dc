import type { Rows } from '../domain/rows/rows';
import type { Subscription, SubscriptionItem } from '../domain/rows/subscription';
import { toStripePendingUpdate } from './pending-update';
import { toStripePlan } from './plan';
import type { WireSubscription } from './shapes/subscription';
import { toStripeSubscriptionItem } from './subscription-item';
import { taxRatesOf } from './tax-rate';
import { countedListOf } from './wire';

/** Stripe's subscription with its items and their prices, oldest first. */
export function toStripeSubscription(subscription: Subscription, rows: Rows): WireSubscription {
  return {
    id: subscription.id,
    object: 'subscription',
    automatic_tax: { ...subscription.automaticTax, liability: subscription.automaticTax.enabled ? { type: 'self' } : null },
    billing_cycle_anchor: subscription.billingCycleAnchor,
    billing_cycle_anchor_config: subscription.billingCycleAnchorConfig,
    billing_mode: billingMode(subscription),
    billing_thresholds: subscription.billingThresholds,
    cancel_at: subscription.cancelAt,
    cancel_at_period_end: subscription.cancelAtPeriodEnd,
    canceled_at: subscription.canceledAt,
    cancellation_details: { ...subscription.cancellationDetails, feedback_option: null },
    collection_method: subscription.collectionMethod,
    created: subscription.created,
    currency: subscription.currency,
    customer: subscription.customer,
    days_until_due: subscription.daysUntilDue,
    default_payment_method: subscription.defaultPaymentMethod,
    default_tax_rates: taxRatesOf(subscription.defaultTaxRates, rows),
    description: subscription.description,
    discounts: subscription.discounts,
    ended_at: subscription.endedAt,
    invoice_settings: { ...DEFAULT_INVOICE_SETTINGS, ...subscription.invoiceSettings },
    items: items(subscription, rows),
    latest_invoice: subscription.latestInvoice,
    livemode: subscription.livemode,
    metadata: subscription.metadata,
    pause_collection: subscription.pauseCollection,
    payment_settings: subscription.paymentSettings,
    ...pendingItems(subscription),
    pending_setup_intent: subscription.pendingSetupIntent,
    pending_update: toStripePendingUpdate(subscription, rows),
    schedule: subscription.schedule,
    start_date: subscription.startDate,
    status: subscription.status,
    test_clock: subscription.testClock,
    trial_end: subscription.trialEnd,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, ...subscription.trialSettings.end_behavior } },
    trial_start: subscription.trialStart,
    billing_schedules: [],
    ...onlyItem(subscription, rows),
    ...spendBounds(subscription),
    ...UNUSED,
  };
}

function pendingItems({ pendingItemBilling: billing }: Subscription) {
  if (billing === null) return { next_pending_invoice_item_invoice: null, pending_invoice_item_interval: null };
  const { interval, interval_count, next } = billing;
  return { next_pending_invoice_item_invoice: next, pending_invoice_item_interval: { interval, interval_count } };
}

function spendBounds({ minimumCommitment, maximumSpend }: Subscription): Pick<WireSubscription, 'minimum_commitment' | 'maximum_spend'> {
  return {
    ...(minimumCommitment === null ? {} : { minimum_commitment: { amount: minimumCommitment } }),
    ...(maximumSpend === null ? {} : { maximum_spend: { amount: maximumSpend } }),
  };
}

const UNUSED = {
  application: null,
  application_fee_percent: null,
  customer_account: null,
  default_source: null,
  managed_payments: { enabled: false },
  on_behalf_of: null,
  transfer_data: null,
} as const;

const DEFAULT_INVOICE_SETTINGS: WireSubscription['invoice_settings'] = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: { type: 'self' },
};

// The amounts of prorations include their discounts: Dunlin does not itemize them.
function billingMode({ billingMode: { type, updatedAt }, created }: Subscription): WireSubscription['billing_mode'] {
  return { flexible: type === 'flexible' ? { proration_discounts: 'included' } : null, type, updated_at: updatedAt ?? created };
}

// A subscription has at most twenty items, so its list is always complete.
function items(subscription: Subscription, rows: Rows): WireSubscription['items'] {
  const live = liveItems(subscription, rows).map((item) => toStripeSubscriptionItem(item, rows));
  return countedListOf(live, `/v1/subscription_items?subscription=${subscription.id}`, live.length);
}

/** The plan and the quantity of the only item; null if there are several. Stripe's types no longer have them, its answers do. */
function onlyItem(subscription: Subscription, rows: Rows): Pick<WireSubscription, 'plan' | 'quantity'> {
  const [only, another] = liveItems(subscription, rows);
  if (only === undefined || another !== undefined) return { plan: null, quantity: null };
  return { plan: toStripePlan(rows.get('price', only.price)), quantity: only.quantity };
}

const liveItems = ({ id }: Subscription, rows: Rows): SubscriptionItem[] =>
  rows.where('subscriptionItem', (item) => item.subscription === id && !item.deleted);
