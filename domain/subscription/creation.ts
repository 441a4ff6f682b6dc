/**
 * A new subscription and its first invoice. 1000 a month from 16 April with its anchor on 1 May: 500 now, 1000 from 1 May on. If it is
 * charged automatically, the invoice is final at once, and the subscription is incomplete until it is paid.
 */
import { assertItemAmount } from '../price/amount-limits';
import { checkAutomaticTax } from './automatic-tax';
import { billLater, billNow } from './billing';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import { collectInvoice } from '../collection/collection';
import { paymentMethodOf, paymentMethodOfSubscription } from '../invoice-rules/method-to-charge';
import { firstLines, invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import { subscribablePrice } from '../subscription-item/items';
import { assertBoundable, itemThreshold } from '../usage/spend-settings';
import { putItem, putSubscription } from './new-rows';
import type { Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import { assertIntervals } from '../subscription-item/mixed-intervals';
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import { isOfferedIn, type Price } from '../rows/price';
import { refuseUndebitable } from '../payment/bank-debits';
import { newSetupIntent } from '../payment/setup-intents';
import type { StepInput } from '../core/steps';
import { startOf, type Start } from '../subscription-item/subscription-start';
import { isDrafted, type CreateSubscriptionParameters } from '../rows/subscription-parameters';
import { assertPeriodsWithin } from '../money/bounds';
import { LIMITS } from '../core/limits';

/** @throws BillingError resource_missing, parameter_invalid, currency_mismatch, too_many_items, customer_missing_payment_method, customer_tax_location_invalid, customer_billed_elsewhere */
export function createSubscription(changes: ChangeSet, input: StepInput<CreateSubscriptionParameters>): void {
  const params = input.parameters;
  if (changes.rows.find('subscription', input.subject))
    throw new BillingError('lock_timeout', 'The subscription was created by another request.');
  const customer = livingCustomer(changes, params.customer);
  const prices = pricesOf(changes, params, customer);
  assertIntervals({ type: params.billing_mode?.type ?? 'flexible' }, prices);
  const start = startOf(changes, params, prices);
  assertCount(prices, start, params, changes.now);
  const subscription = putSubscription(changes, input.subject, params, { customer, prices, start });
  const items = params.items.map((item, index) =>
    putItem(changes, subscription, item, { period: start.periodOf(prices[index] as Price), param: `items[${String(index)}]` }),
  );
  assertBoundable(changes, subscription.id);
  // A schedule was checked at its creation. If the place was lost since, the invoice goes out without tax.
  checkAutomaticTax(changes, subscription.id, params.schedule === undefined);
  const lines = [
    ...firstLines(changes, items, start, params.proration_behavior === 'none'),
    ...invoiceItemLines(changes, params.add_invoice_items ?? [], subscription),
  ];
  const holder = { subscription: subscription.id, customer: customer.id };
  const purchase = { amount: sumOf(lines.map((line) => line.amount)), currency: subscription.currency };
  const discounts = requestedDiscounts(changes, params.discounts ?? [], holder, { purchase });
  changes.patch('subscription', subscription.id, { discounts });
  if (!subscription.hidden) for (const id of discounts) changes.emit('customer.discount.created', 'discount', id);
  bill(changes, subscription.id, lines, params);
  changes.emit('customer.subscription.created', 'subscription', subscription.id);
}

function bill(changes: ChangeSet, id: string, lines: ReturnType<typeof firstLines>, params: CreateSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', id);
  const options = {
    billingReason: 'subscription_create' as const,
    lines,
    period: { start: changes.now, end: changes.now },
    hidden: subscription.hidden,
  };
  if (subscription.collectionMethod === 'send_invoice' || isDrafted(params)) {
    billLater(changes, subscription, options);
    return;
  }
  const invoice = billNow(changes, subscription, options);
  if (changes.context.preview) return;
  if (invoice.status === 'paid') {
    askForCard(changes, id);
    return;
  }
  // Also in a trial: the first invoice (a fee, an earlier debt) must be paid first.
  changes.patch('subscription', id, { status: 'incomplete' });
  collectFirst(changes, invoice, params);
}

/** No amount is due yet, and there is no payment method for later: a setup intent asks the payer for a card. */
function askForCard(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  if (paymentMethodOfSubscription(changes.rows, subscription)) return;
  const { id: pendingSetupIntent } = newSetupIntent(changes, {
    customer: subscription.customer,
    subscription: id,
    paymentMethod: null,
    usage: 'off_session',
    paymentMethodTypes: subscription.paymentSettings.payment_method_types ?? ['card'],
  });
  changes.patch('subscription', id, { pendingSetupIntent });
}

/** Charges a first invoice that is due, or leaves it to the payer to confirm (`default_incomplete`). */
function collectFirst(changes: ChangeSet, invoice: Invoice, params: CreateSubscriptionParameters): void {
  const method = paymentMethodOf(changes.rows, invoice);
  if (params.payment_behavior === 'default_incomplete') {
    const intent = changes.rows.get('paymentIntent', invoice.paymentIntent as string);
    if (method) changes.patch('paymentIntent', intent.id, { paymentMethod: method.id, status: 'requires_confirmation' });
    return;
  }
  if (!method) throw new BillingError('customer_missing_payment_method', NO_METHOD);
  refuseUndebitable(method, invoice.currency);
  collectInvoice(changes, invoice.id, { offSession: params.off_session ?? false });
}

const NO_METHOD =
  'This customer has no attached payment source or default payment method. Please consider adding a default payment method.';

function livingCustomer(changes: ChangeSet, id: string): Customer {
  const customer = changes.rows.find('customer', id);
  requireBilledHere(changes, customer);
  if (customer && !customer.deleted) return customer;
  throw new BillingError('resource_missing', `No such customer: '${id}'`, { param: 'customer' });
}

/**
 * The prices of a new subscription, in its currency.
 *
 * @param nameOf how the caller calls a property of an item
 * @throws BillingError resource_missing, parameter_invalid, currency_mismatch, too_many_items, amount_too_large
 */
export function pricesOf(
  changes: ChangeSet,
  params: Pick<CreateSubscriptionParameters, 'currency' | 'items'>,
  customer: Customer,
  nameOf = (index: number, property: string): string => `items[${String(index)}][${property}]`,
): Price[] {
  if (params.items.length > LIMITS.subscriptionItems.max) {
    throw new BillingError('too_many_items', `A subscription can have at most ${String(LIMITS.subscriptionItems.max)} items.`, {
      param: 'items',
    });
  }
  let currency = params.currency ?? customersOwn(changes, params, customer);
  const seen = new Set<string>();
  return params.items.map((item, index) => {
    const param = nameOf(index, 'price');
    const price = subscribablePrice(changes, item, currency, param);
    assertItemAmount(price, item.quantity ?? 1, nameOf(index, 'quantity'));
    itemThreshold(changes, item, { price: price.id, before: null, param: nameOf(index, 'billing_thresholds') });
    if (seen.has(price.id))
      throw new BillingError('parameter_invalid', `Cannot add multiple subscription items with the same price: ${price.id}`, { param });
    seen.add(price.id);
    currency = price.currency;
    return price;
  });
}

/** Refuses a backdated start with too many periods: each is a line of the first invoice. */
function assertCount(prices: Price[], { startDate, anchor, trialEnd }: Start, params: CreateSubscriptionParameters, now: number): void {
  const isBilled = trialEnd === null && params.proration_behavior !== 'none';
  const licensed = prices.flatMap(({ recurring, tiers }, index) =>
    recurring && recurring.usage_type !== 'metered' ? [{ recurring, work: (tiers?.length ?? 0) + termsOf(params, index) }] : [],
  );
  const others = (params.add_invoice_items ?? []).length + (isBilled ? 0 : licensed.length);
  const spans = isBilled ? licensed.map((each) => ({ ...each, anchor, from: startDate, until: Math.max(now + 1, anchor) })) : [];
  assertPeriodsWithin(spans, { others, param: 'backdate_start_date' });
}

/** The number of discounts and tax rates of a line of this item. */
function termsOf(params: CreateSubscriptionParameters, index: number): number {
  const item = params.items[index];
  const rates = item?.tax_rates ?? params.default_tax_rates ?? [];
  return (item?.discounts?.length ?? 0) + (params.discounts?.length ?? 0) + rates.length;
}

/** The customer's currency, if every price is offered in it; otherwise null, and the first price decides. */
function customersOwn(changes: ChangeSet, { items }: Pick<CreateSubscriptionParameters, 'items'>, { currency }: Customer): string | null {
  const offered = items.map(({ price = '' }) => changes.rows.find('price', price)).every((price) => price && isOfferedIn(price, currency));
  return offered ? currency : null;
}
