/** The lines of a first invoice: the trial's nothing, a part up to a future anchor, or whole periods; and the backdated time. */
import { nextBoundary, boundaryAtOrBefore } from './billing-period';
import { BillingError } from './errors';
import type { LineContent } from './invoice';
import { lineAmount, multiplyRatio } from './money';
import { remainingTimeDescription } from './line-description';
import type { Plan } from './plan';
import { billedItem, itemLine, recurringOf } from './subscription-items';
import type { Start } from './subscription-start';
import type { CreateSubscriptionParameters } from './subscription-parameters';
import type { Subscription, SubscriptionItem } from './subscription';

export function firstLines(
  plan: Plan,
  subscription: Subscription,
  items: SubscriptionItem[],
  start: Start,
  asked: CreateSubscriptionParameters,
): LineContent[] {
  return items.flatMap((item) => {
    const current = { start: item.currentPeriodStart, end: item.currentPeriodEnd };
    if (start.trialEnd !== null) return [trialLine(plan, item)];
    const free = asked.proration_behavior === 'none';
    const whole = start.wholePeriodOf(plan.rows.get('price', item.price));
    const begins = Math.max(start.startDate, whole.start);
    const past = free ? [] : backdatedLines(plan, subscription, item, start, whole.start);
    if (begins === whole.start && current.end === whole.end && whole.start >= start.startDate) {
      plan.patch('subscriptionItem', item.id, { currentPeriodStart: whole.start });
      return [...past, itemLine(plan.rows, item, whole)];
    }
    plan.patch('subscriptionItem', item.id, { currentPeriodStart: begins });
    return [...past, partLine(plan, item, { start: begins, end: current.end }, whole, free)];
  });
}

function trialLine(plan: Plan, item: SubscriptionItem): LineContent {
  const { productName } = billedItem(plan.rows, item);
  const period = { start: item.currentPeriodStart, end: item.currentPeriodEnd };
  return itemLine(plan.rows, item, period, { amount: 0, description: `Trial period for ${productName}` });
}

type Span = { start: number; end: number };

function partLine(plan: Plan, item: SubscriptionItem, part: Span, whole: Span, free: boolean): LineContent {
  const { price, quantity, productName } = billedItem(plan.rows, item);
  const full = lineAmount(price.unitAmountDecimal, quantity);
  const amount = free ? 0 : multiplyRatio(full, part.end - part.start, whole.end - whole.start);
  const description = remainingTimeDescription(productName, quantity, part.start);
  return itemLine(plan.rows, item, part, { amount, description, proration: true });
}

/** The periods between the backdated start and the running one, a line each, the first of them perhaps a part. */
function backdatedLines(plan: Plan, subscription: Subscription, item: SubscriptionItem, start: Start, until: number): LineContent[] {
  const recurring = recurringOf(plan.rows, item);
  const lines: LineContent[] = [];
  for (let from = start.startDate; from < until; ) {
    const end = nextBoundary(subscription.billingCycleAnchor, recurring, from);
    const begin = boundaryAtOrBefore(subscription.billingCycleAnchor, recurring, from);
    lines.push(partLine(plan, item, { start: from, end }, { start: begin, end }, false));
    from = end;
  }
  return lines;
}

/** One-off prices billed with the subscription's next invoice. */
export function invoiceItemLines(
  plan: Plan,
  asked: { price: string; quantity?: number; tax_rates?: string[] }[],
  subscription: Subscription,
): LineContent[] {
  return asked.map((item, index) => {
    const price = plan.rows.find('price', item.price);
    const param = `add_invoice_items[${String(index)}][price]`;
    if (!price) throw new BillingError('resource_missing', `No such price: '${item.price}'`, { param });
    if (price.type !== 'one_time') throw new BillingError('parameter_invalid', 'This field only accepts prices with `type=one_time`.', { param });
    if (price.currency !== subscription.currency) throw new BillingError('currency_mismatch', `The price is in ${price.currency}, the subscription in ${subscription.currency}.`, { param });
    const quantity = item.quantity ?? 1;
    return {
      amount: lineAmount(price.unitAmountDecimal, quantity),
      currency: price.currency,
      description: plan.rows.get('product', price.product).name,
      quantity,
      discountable: true,
      discounts: [],
      taxRates: item.tax_rates ?? [],
      price: price.id,
      product: price.product,
      unitAmountDecimal: price.unitAmountDecimal,
      taxBehavior: price.taxBehavior,
      subscription: subscription.id,
      subscriptionItem: null,
      proration: false,
      prorationDetails: null,
      periodStart: plan.now,
      periodEnd: plan.now,
      metadata: {},
    };
  });
}
