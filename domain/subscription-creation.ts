/**
 * A new subscription and its first invoice. 1000 a month from 16 April with its anchor on 1 May: 500 now, 1000 from 1 May on.
 * Charged automatically, the invoice is final at once, and the subscription is incomplete until it is paid.
 */
import { billLater, billNow } from './subscription-billing';
import { requestedDiscounts } from './discount-requests';
import { BillingError } from './errors';
import { collectInvoice, paymentMethodOf } from './invoice-collection';
import { firstLines, invoiceItemLines } from './subscription-first-invoice';
import { ITEMS_MAX, subscribablePrice } from './subscription-items';
import type { Customer } from './customer';
import type { Invoice } from './invoice';
import type { Plan } from './plan';
import type { Price } from './price';
import type { StepInput } from './steps';
import { startOf, type Start } from './subscription-start';
import type { CreateSubscriptionParameters, ItemParameters } from './subscription-parameters';
import type { Subscription, SubscriptionItem } from './subscription';

/** Throws resource_missing, parameter_invalid, currency_mismatch, too_many_items, customer_missing_payment_method. */
export function createSubscription(plan: Plan, input: StepInput): void {
  const asked = input.parameters as unknown as CreateSubscriptionParameters;
  const customer = livingCustomer(plan, asked.customer);
  const prices = pricesOf(plan, asked);
  const start = startOf(plan, asked, prices);
  const subscription = putSubscription(plan, input.subject, asked, { customer, prices, start });
  const items = asked.items.map((item, index) => putItem(plan, subscription, item, prices[index] as Price, start));
  const lines = [...firstLines(plan, subscription, items, start, asked), ...invoiceItemLines(plan, asked.add_invoice_items ?? [], subscription)];
  const discounts = requestedDiscounts(plan, asked.discounts ?? [], { subscription: subscription.id, customer: customer.id });
  plan.patch('subscription', subscription.id, { discounts });
  bill(plan, subscription.id, lines, asked);
  plan.emit('customer.subscription.created', 'subscription', subscription.id);
  plan.outcome = plan.rows.get('subscription', subscription.id).status;
}

function bill(plan: Plan, id: string, lines: ReturnType<typeof firstLines>, asked: CreateSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  const options = { billingReason: 'subscription_create' as const, lines, period: { start: plan.now, end: plan.now }, hidden: subscription.hidden };
  if (subscription.collectionMethod === 'send_invoice') {
    billLater(plan, subscription, options);
    return;
  }
  const invoice = billNow(plan, subscription, options);
  if (plan.context.preview || invoice.status === 'paid') return;
  // Also in a trial: what is billed with its start (a fee, an earlier debt) is paid first.
  plan.patch('subscription', id, { status: 'incomplete' });
  collectFirst(plan, invoice, asked);
}

/** A first invoice that is due: charged now, or left to the payer to confirm (`default_incomplete`). */
function collectFirst(plan: Plan, invoice: Invoice, asked: CreateSubscriptionParameters): void {
  const method = paymentMethodOf(plan.rows, invoice);
  if (asked.payment_behavior === 'default_incomplete') {
    const intent = plan.rows.get('paymentIntent', invoice.paymentIntent as string);
    if (method) plan.patch('paymentIntent', intent.id, { paymentMethod: method.id, status: 'requires_confirmation' });
    return;
  }
  if (!method) throw new BillingError('customer_missing_payment_method', NO_METHOD);
  collectInvoice(plan, invoice.id, { offSession: asked.off_session ?? false });
}

const NO_METHOD =
  'This customer has no attached payment source or default payment method. Please consider adding a default payment method.';

function livingCustomer(plan: Plan, id: string): Customer {
  const customer = plan.rows.find('customer', id);
  if (customer && !customer.deleted) return customer;
  throw new BillingError('resource_missing', `No such customer: '${id}'`, { param: 'customer' });
}

function pricesOf(plan: Plan, asked: CreateSubscriptionParameters): Price[] {
  if (asked.items.length > ITEMS_MAX) {
    throw new BillingError('too_many_items', `A subscription can have at most ${String(ITEMS_MAX)} items.`, { param: 'items' });
  }
  let currency = asked.currency ?? null;
  const seen = new Set<string>();
  return asked.items.map((item, index) => {
    const param = `items[${String(index)}][price]`;
    const price = subscribablePrice(plan, item, currency, param);
    if (seen.has(price.id)) throw new BillingError('parameter_invalid', `Cannot add multiple subscription items with the same price: ${price.id}`, { param });
    seen.add(price.id);
    currency = price.currency;
    return price;
  });
}

function putSubscription(
  plan: Plan,
  id: string,
  asked: CreateSubscriptionParameters,
  { customer, prices, start }: { customer: Customer; prices: Price[]; start: Start },
): Subscription {
  const automatic = (asked.collection_method ?? 'charge_automatically') === 'charge_automatically';
  const waits = automatic ? 'incomplete' : 'active';
  return plan.put('subscription', {
    ...plan.resource('sub'),
    ...NOTHING_YET,
    id,
    hidden: automatic && asked.payment_behavior === 'error_if_incomplete',
    customer: customer.id,
    testClock: customer.testClock,
    status: start.trialEnd === null ? waits : 'trialing',
    currency: (prices[0] as Price).currency,
    collectionMethod: asked.collection_method ?? 'charge_automatically',
    daysUntilDue: automatic ? null : (asked.days_until_due ?? null),
    startDate: start.startDate,
    billingCycleAnchor: start.anchor,
    billingCycleAnchorConfig: asked.billing_cycle_anchor_config ?? null,
    billingMode: { type: asked.billing_mode?.type ?? 'flexible' },
    trialStart: start.trialEnd === null ? null : plan.now,
    trialEnd: start.trialEnd,
    trialSettings: asked.trial_settings ?? { end_behavior: { missing_payment_method: 'create_invoice' } },
    cancelAt: typeof asked.cancel_at === 'number' ? asked.cancel_at : asked.cancel_at_period_end ? start.firstPeriodEnd : null,
    cancelAtPeriodEnd: asked.cancel_at_period_end ?? false,
    canceledAt: asked.cancel_at_period_end || typeof asked.cancel_at === 'number' ? plan.now : null,
    defaultPaymentMethod: ownMethod(plan, asked.default_payment_method ?? null, customer.id),
    defaultTaxRates: asked.default_tax_rates ?? [],
    paymentSettings: { ...DEFAULT_PAYMENT_SETTINGS, ...asked.payment_settings },
    invoiceSettings: { account_tax_ids: null, issuer: { type: 'self' }, ...asked.invoice_settings },
    description: asked.description ?? null,
    metadata: asked.metadata ?? {},
  });
}

export const DEFAULT_PAYMENT_SETTINGS = {
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
} satisfies Partial<Subscription>;

function putItem(plan: Plan, subscription: Subscription, asked: ItemParameters, price: Price, start: Start): SubscriptionItem {
  const period = start.periodOf(price);
  return plan.put('subscriptionItem', {
    ...plan.resource('si'),
    deleted: false,
    subscription: subscription.id,
    price: price.id,
    quantity: asked.quantity ?? 1,
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    discounts: [],
    taxRates: asked.tax_rates ?? [],
    metadata: asked.metadata ?? {},
  });
}

/** A payment method that belongs to the customer. Throws resource_missing. */
export function ownMethod(plan: Plan, id: string | null, customer: string): string | null {
  if (id === null || plan.rows.find('paymentMethod', id)?.customer === customer) return id;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${id}'`, { param: 'default_payment_method' });
}

