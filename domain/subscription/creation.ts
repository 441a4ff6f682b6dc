/**
 * A new subscription and its first invoice. 1000 a month from 16 April with its anchor on 1 May: 500 now, 1000 from 1 May on.
 * Charged automatically, the invoice is final at once, and the subscription is incomplete until it is paid.
 */
import { assertItemAmount } from '../price/amount-limits';
import { billLater, billNow } from './billing';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import { collectInvoice, paymentMethodOf, paymentMethodOfSubscription } from '../collection/collection';
import { firstLines, invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import { subscribablePrice } from '../subscription-item/items';
import { assertBoundable, itemThreshold } from '../usage/spend-settings';
import { putItem, putSubscription } from './new-rows';
import type { Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import { assertIntervals } from '../subscription-item/mixed-intervals';
import { sumOf } from '../money/money';
import type { Plan } from '../core/change-set';
import { isOfferedIn, type Price } from '../rows/price';
import { newSetupIntent } from '../payment/setup-intents';
import type { StepInput } from '../core/steps';
import { startOf, type Start } from '../subscription-item/subscription-start';
import { isDrafted, type CreateSubscriptionParameters } from '../rows/subscription-parameters';
import { assertPeriodsWithin } from '../money/bounds';
import { LIMITS } from '../core/limits';

/** Throws resource_missing, parameter_invalid, currency_mismatch, too_many_items, customer_missing_payment_method. */
export function createSubscription(plan: Plan, input: StepInput): void {
  const asked = input.parameters as unknown as CreateSubscriptionParameters;
  const customer = livingCustomer(plan, asked.customer);
  const prices = pricesOf(plan, asked, customer);
  assertIntervals({ type: asked.billing_mode?.type ?? 'flexible' }, prices);
  const start = startOf(plan, asked, prices);
  assertCount(prices, start, asked, plan.now);
  const subscription = putSubscription(plan, input.subject, asked, { customer, prices, start });
  const items = asked.items.map((item, index) =>
    putItem(plan, subscription, item, { period: start.periodOf(prices[index] as Price), param: `items[${String(index)}]` }),
  );
  assertBoundable(plan, subscription.id);
  const lines = [
    ...firstLines(plan, items, start, asked.proration_behavior === 'none'),
    ...invoiceItemLines(plan, asked.add_invoice_items ?? [], subscription),
  ];
  const holder = { subscription: subscription.id, customer: customer.id };
  const purchase = { amount: sumOf(lines.map((line) => line.amount)), currency: subscription.currency };
  const discounts = requestedDiscounts(plan, asked.discounts ?? [], holder, { purchase });
  plan.patch('subscription', subscription.id, { discounts });
  if (!subscription.hidden) for (const id of discounts) plan.emit('customer.discount.created', 'discount', id);
  bill(plan, subscription.id, lines, asked);
  plan.emit('customer.subscription.created', 'subscription', subscription.id);
  plan.outcome = plan.rows.get('subscription', subscription.id).status;
}

function bill(plan: Plan, id: string, lines: ReturnType<typeof firstLines>, asked: CreateSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  const options = {
    billingReason: 'subscription_create' as const,
    lines,
    period: { start: plan.now, end: plan.now },
    hidden: subscription.hidden,
  };
  if (subscription.collectionMethod === 'send_invoice' || isDrafted(asked)) {
    billLater(plan, subscription, options);
    return;
  }
  const invoice = billNow(plan, subscription, options);
  if (plan.context.preview) return;
  if (invoice.status === 'paid') {
    askForCard(plan, id);
    return;
  }
  // Also in a trial: what is billed with its start (a fee, an earlier debt) is paid first.
  plan.patch('subscription', id, { status: 'incomplete' });
  collectFirst(plan, invoice, asked);
}

/** Nothing is due yet, and there is nothing to charge later: a setup intent asks the payer for a card meanwhile. */
function askForCard(plan: Plan, id: string): void {
  const subscription = plan.rows.get('subscription', id);
  if (paymentMethodOfSubscription(plan.rows, subscription)) return;
  const { id: pendingSetupIntent } = newSetupIntent(plan, {
    customer: subscription.customer,
    subscription: id,
    paymentMethod: null,
    usage: 'off_session',
    paymentMethodTypes: subscription.paymentSettings.payment_method_types ?? ['card'],
  });
  plan.patch('subscription', id, { pendingSetupIntent });
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

function pricesOf(plan: Plan, asked: CreateSubscriptionParameters, customer: Customer): Price[] {
  if (asked.items.length > LIMITS.subscriptionItems.max) {
    throw new BillingError('too_many_items', `A subscription can have at most ${String(LIMITS.subscriptionItems.max)} items.`, {
      param: 'items',
    });
  }
  let currency = asked.currency ?? customersOwn(plan, asked, customer);
  const seen = new Set<string>();
  return asked.items.map((item, index) => {
    const param = `items[${String(index)}][price]`;
    const price = subscribablePrice(plan, item, currency, param);
    assertItemAmount(price, item.quantity ?? 1, `items[${String(index)}][quantity]`);
    itemThreshold(plan, item, { price: price.id, before: null, param: `items[${String(index)}][billing_thresholds]` });
    if (seen.has(price.id))
      throw new BillingError('parameter_invalid', `Cannot add multiple subscription items with the same price: ${price.id}`, { param });
    seen.add(price.id);
    currency = price.currency;
    return price;
  });
}

/** A first invoice has a line for each period since a backdated start. */
function assertCount(prices: Price[], { startDate, anchor, trialEnd }: Start, asked: CreateSubscriptionParameters, now: number): void {
  const isBilled = trialEnd === null && asked.proration_behavior !== 'none';
  const licensed = prices.flatMap(({ recurring, tiers }, index) =>
    recurring && recurring.usage_type !== 'metered' ? [{ recurring, work: (tiers?.length ?? 0) + termsOf(asked, index) }] : [],
  );
  const others = (asked.add_invoice_items ?? []).length + (isBilled ? 0 : licensed.length);
  const spans = isBilled ? licensed.map((each) => ({ ...each, anchor, from: startDate, until: Math.max(now + 1, anchor) })) : [];
  assertPeriodsWithin(spans, { others, param: 'backdate_start_date' });
}

/** How many discounts and tax rates a line of this item has. */
function termsOf(asked: CreateSubscriptionParameters, index: number): number {
  const item = asked.items[index];
  const rates = item?.tax_rates ?? asked.default_tax_rates ?? [];
  return (item?.discounts?.length ?? 0) + (asked.discounts?.length ?? 0) + rates.length;
}

/** The customer's currency, where every price is offered in it; else the first price says. */
function customersOwn(plan: Plan, { items }: CreateSubscriptionParameters, { currency }: Customer): string | null {
  const offered = items.map(({ price = '' }) => plan.rows.find('price', price)).every((price) => price && isOfferedIn(price, currency));
  return offered ? currency : null;
}
