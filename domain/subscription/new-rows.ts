/** The rows of a new subscription, from what its caller asked for and what time makes of it. */
import type { Period } from '../money/billing-period';
import type { Customer } from '../rows/customer';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import type { Plan } from '../core/change-set';
import { isMetered, type Price } from '../rows/price';
import { itemThreshold, spendSettings } from '../usage/spend-settings';
import type { Start } from '../subscription-item/subscription-start';
import { isDrafted, type CreateSubscriptionParameters, type ItemParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';

export function putSubscription(
  plan: Plan,
  id: string,
  asked: CreateSubscriptionParameters,
  { customer, prices, start }: { customer: Customer; prices: Price[]; start: Start },
): Subscription {
  return plan.put('subscription', {
    ...plan.resource('sub'),
    ...NOTHING_YET,
    id,
    customer: customer.id,
    schedule: asked.schedule ?? null,
    testClock: customer.testClock,
    currency: (prices[0] as Price).currency,
    ...collectionOf(asked, start),
    ...timesOf(plan, asked, start),
    ...plannedEnd(plan, asked, start),
    ...settingsOf(plan, asked, customer),
    ...spendSettings(asked, NOTHING_YET),
  });
}

/** Charged automatically, it is incomplete until its first invoice is paid; sent or drafted by a schedule or a quote, it is active at once. */
function collectionOf(asked: CreateSubscriptionParameters, { trialEnd }: Start) {
  const collectionMethod = asked.collection_method ?? 'charge_automatically';
  const isAutomatic = collectionMethod === 'charge_automatically';
  const isUnpaid = isAutomatic && !isDrafted(asked);
  const status: Subscription['status'] = isUnpaid ? 'incomplete' : 'active';
  return {
    collectionMethod,
    daysUntilDue: isAutomatic ? null : (asked.days_until_due ?? null),
    status: trialEnd === null ? status : ('trialing' as const),
    hidden: isAutomatic && asked.payment_behavior === 'error_if_incomplete',
  };
}

function timesOf(plan: Plan, asked: CreateSubscriptionParameters, start: Start) {
  return {
    startDate: start.startDate,
    billingCycleAnchor: start.anchor,
    billingCycleAnchorConfig: asked.billing_cycle_anchor_config ?? null,
    billingMode: { type: asked.billing_mode?.type ?? ('flexible' as const) },
    trialStart: start.trialEnd === null ? null : plan.now,
    trialEnd: start.trialEnd,
    trialSettings: asked.trial_settings ?? DEFAULT_TRIAL_SETTINGS,
    freeUntilAnchor: start.trialEnd !== null && asked.proration_behavior === 'none',
  };
}

function plannedEnd(plan: Plan, asked: CreateSubscriptionParameters, start: Start) {
  const atPeriodEnd = asked.cancel_at_period_end ?? false;
  const cancelAt = atPeriodEnd ? start.firstPeriodEnd : asked.cancel_at === undefined ? null : timeOf(asked.cancel_at, start);
  return { cancelAt, cancelAtPeriodEnd: atPeriodEnd, canceledAt: cancelAt === null ? null : plan.now };
}

function timeOf(cancelAt: NonNullable<CreateSubscriptionParameters['cancel_at']> | null, start: Start): number | null {
  if (cancelAt === 'min_period_end') return start.firstPeriodEnd;
  return cancelAt === 'max_period_end' ? start.lastPeriodEnd : cancelAt;
}

function settingsOf(plan: Plan, asked: CreateSubscriptionParameters, customer: Customer) {
  return {
    defaultPaymentMethod: ownMethod(plan, asked.default_payment_method ?? null, customer.id),
    defaultTaxRates: asked.default_tax_rates ?? [],
    paymentSettings: { ...DEFAULT_PAYMENT_SETTINGS, ...asked.payment_settings },
    invoiceSettings: { account_tax_ids: null, issuer: { type: 'self' }, ...asked.invoice_settings },
    description: asked.description ?? null,
    metadata: asked.metadata ?? {},
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
  endedAt: null,
  cancellationDetails: { comment: null, feedback: null, reason: null },
  pauseCollection: null,
  pausedAt: null,
  resumptionInvoice: null,
  pendingUpdate: null,
  pendingSetupIntent: null,
  latestInvoice: null,
  discounts: [],
  disputedBy: null,
  billingThresholds: null,
  minimumCommitment: null,
  maximumSpend: null,
} satisfies Partial<Subscription>;

/** `param` is what refusals name. */
export function putItem(
  plan: Plan,
  subscription: Subscription,
  asked: ItemParameters,
  { period, param }: { period: Period; param: string },
): SubscriptionItem {
  const resource = plan.resource('si');
  const holder = { subscriptionItem: resource.id, customer: subscription.customer };
  const { currency } = subscription;
  const metered = isMetered(plan.rows.get('price', asked.price as string));
  return plan.put('subscriptionItem', {
    ...resource,
    deleted: false,
    subscription: subscription.id,
    price: asked.price as string,
    quantity: metered ? null : (asked.quantity ?? 1),
    usageFrom: metered ? period.start : null,
    billingThresholds: itemThreshold(plan, asked, { price: asked.price as string, before: null, param }),
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    discounts: requestedDiscounts(plan, asked.discounts ?? [], holder, { param: `${param}[discounts]`, currency }),
    taxRates: asked.tax_rates ?? [],
    metadata: asked.metadata ?? {},
  });
}

/** A payment method that belongs to the customer. Throws resource_missing. */
export function ownMethod(plan: Plan, id: string | null, customer: string): string | null {
  if (id === null || plan.rows.find('paymentMethod', id)?.customer === customer) return id;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${id}'`, { param: 'default_payment_method' });
}
