/** The rows of a new subscription, from its caller's parameters and the present time. */
import type { Period } from '../money/billing-period';
import type { Customer } from '../rows/customer';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { isMetered, type Price } from '../rows/price';
import { itemThreshold, spendSettings } from '../usage/spend-settings';
import type { Start } from '../subscription-item/subscription-start';
import { isDrafted, type CreateSubscriptionParameters, type ItemParameters } from '../rows/subscription-parameters';
import type { Resource } from '../rows/resource';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { pendingItemBilling } from './pending-interval';

export function putSubscription(
  changes: ChangeSet,
  id: string,
  params: CreateSubscriptionParameters,
  { customer, prices, start }: { customer: Customer; prices: Price[]; start: Start },
): Subscription {
  return changes.put('subscription', {
    ...changes.resource('sub'),
    ...NOTHING_YET,
    id,
    customer: customer.id,
    schedule: params.schedule ?? null,
    checkoutSession: params.checkout_session ?? null,
    testClock: customer.testClock,
    currency: (prices[0] as Price).currency,
    ...collectionOf(params, start),
    ...timesOf(changes, params, start),
    ...plannedEnd(changes, params, start),
    ...settingsOf(changes, params, customer),
    ...spendSettings(params, NOTHING_YET),
  });
}

/**
 * If it is charged automatically, it is incomplete until its first invoice is paid. If its invoice is sent, or a schedule or a quote drafts
 * it, it is active at once.
 */
function collectionOf(params: CreateSubscriptionParameters, { trialEnd }: Start) {
  const collectionMethod = params.collection_method ?? 'charge_automatically';
  const isAutomatic = collectionMethod === 'charge_automatically';
  const isUnpaid = isAutomatic && !isDrafted(params);
  const status: Subscription['status'] = isUnpaid ? 'incomplete' : 'active';
  return {
    collectionMethod,
    daysUntilDue: isAutomatic ? null : (params.days_until_due ?? null),
    status: trialEnd === null ? status : ('trialing' as const),
    // A checkout that is not paid has made no subscription that the seller could see.
    hidden: isAutomatic && (params.payment_behavior === 'error_if_incomplete' || params.checkout_session !== undefined),
  };
}

function timesOf(changes: ChangeSet, params: CreateSubscriptionParameters, start: Start) {
  return {
    startDate: start.startDate,
    billingCycleAnchor: start.anchor,
    billingCycleAnchorConfig: params.billing_cycle_anchor_config ?? null,
    billingMode: { type: params.billing_mode?.type ?? ('flexible' as const) },
    trialStart: start.trialEnd === null ? null : changes.now,
    trialEnd: start.trialEnd,
    trialSettings: params.trial_settings ?? DEFAULT_TRIAL_SETTINGS,
    freeUntilAnchor: start.trialEnd !== null && params.proration_behavior === 'none',
  };
}

function plannedEnd(changes: ChangeSet, params: CreateSubscriptionParameters, start: Start) {
  const atPeriodEnd = params.cancel_at_period_end ?? false;
  const cancelAt = atPeriodEnd ? start.firstPeriodEnd : params.cancel_at === undefined ? null : timeOf(params.cancel_at, start);
  return { cancelAt, cancelAtPeriodEnd: atPeriodEnd, canceledAt: cancelAt === null ? null : changes.now };
}

function timeOf(cancelAt: NonNullable<CreateSubscriptionParameters['cancel_at']> | null, start: Start): number | null {
  if (cancelAt === 'min_period_end') return start.firstPeriodEnd;
  return cancelAt === 'max_period_end' ? start.lastPeriodEnd : cancelAt;
}

function settingsOf(changes: ChangeSet, params: CreateSubscriptionParameters, customer: Customer) {
  return {
    defaultPaymentMethod: ownMethod(changes, params.default_payment_method ?? null, customer.id),
    defaultTaxRates: params.default_tax_rates ?? [],
    automaticTax: { enabled: params.automatic_tax?.enabled ?? false, disabled_reason: null },
    paymentSettings: { ...DEFAULT_PAYMENT_SETTINGS, ...params.payment_settings },
    invoiceSettings: { account_tax_ids: null, issuer: { type: 'self' as const }, ...params.invoice_settings },
    description: params.description ?? null,
    pendingItemBilling: pendingItemBilling(params.pending_invoice_item_interval, { now: changes.now, before: null }) ?? null,
    metadata: params.metadata ?? {},
  };
}

export const DEFAULT_TRIAL_SETTINGS: Subscription['trialSettings'] = { end_behavior: { missing_payment_method: 'create_invoice' } };

const DEFAULT_PAYMENT_SETTINGS = {
  payment_method_options: null,
  payment_method_types: null,
  save_default_payment_method: 'off',
} as const;

const NOTHING_YET = {
  trialWillEndSentAt: null,
  renewalAnnouncedFor: null,
  noticeGivenFor: null,
  endedAt: null,
  cancellationDetails: { comment: null, feedback: null, reason: null },
  pauseCollection: null,
  billedElsewhere: [],
  pausedAt: null,
  resumptionInvoice: null,
  pendingUpdate: null,
  pendingSetupIntent: null,
  latestInvoice: null,
  discounts: [],
  disputeStages: {},
  pausedFor: null,
  accessEndedAt: null,
  billingThresholds: null,
  minimumCommitment: null,
  maximumSpend: null,
  incompleteUntil: null,
  mrr: 0,
} satisfies Partial<Subscription>;

/** A subscription that is taken from another billing system, before anything of it is known. */
export function newSubscription(resource: Resource, { id: customer, testClock }: Customer): Subscription {
  const ends = { cancelAt: null, cancelAtPeriodEnd: false, canceledAt: null };
  return {
    ...NOTHING_YET,
    ...resource,
    ...ends,
    ...{ customer, testClock, hidden: false, status: 'active', currency: '', collectionMethod: 'charge_automatically', daysUntilDue: null },
    ...{
      startDate: resource.created,
      billingCycleAnchor: resource.created,
      billingCycleAnchorConfig: null,
      billingMode: { type: 'flexible' },
    },
    ...{
      trialStart: null,
      trialEnd: null,
      trialSettings: DEFAULT_TRIAL_SETTINGS,
      freeUntilAnchor: false,
      schedule: null,
      checkoutSession: null,
    },
    ...{
      defaultPaymentMethod: null,
      defaultTaxRates: [],
      automaticTax: { enabled: false, disabled_reason: null },
      pendingItemBilling: null,
    },
    paymentSettings: DEFAULT_PAYMENT_SETTINGS,
    invoiceSettings: { account_tax_ids: null, issuer: { type: 'self' } },
    ...{ description: null, metadata: {} },
  };
}

/** `param` is the parameter that errors name. */
export function putItem(
  changes: ChangeSet,
  subscription: Subscription,
  params: ItemParameters,
  { period, param }: { period: Period; param: string },
): SubscriptionItem {
  const resource = changes.resource('si');
  const holder = { subscriptionItem: resource.id, customer: subscription.customer };
  const { currency } = subscription;
  const metered = isMetered(changes.rows.get('price', params.price as string));
  return changes.put('subscriptionItem', {
    ...resource,
    deleted: false,
    subscription: subscription.id,
    price: params.price as string,
    quantity: metered ? null : (params.quantity ?? 1),
    usageFrom: metered ? period.start : null,
    billingThresholds: itemThreshold(changes, params, { price: params.price as string, before: null, param }),
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    discounts: requestedDiscounts(changes, params.discounts ?? [], holder, { param: `${param}[discounts]`, currency }),
    taxRates: params.tax_rates ?? [],
    metadata: params.metadata ?? {},
  });
}

/**
 * The payment method, which must belong to the customer.
 *
 * @throws BillingError resource_missing
 */
export function ownMethod(changes: ChangeSet, id: string | null, customer: string): string | null {
  if (id === null || changes.rows.find('paymentMethod', id)?.customer === customer) return id;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${id}'`, { param: 'default_payment_method' });
}
