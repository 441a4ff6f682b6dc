/**
 * The lines of a first invoice: a zero line for a trial, a prorated part up to a future anchor, or full periods, plus any backdated time.
 */
import { assertLineAmount, refuseFreeAmount } from '../price/amount-limits';
import { boundaryAtOrBefore, nextBoundary, type Period } from '../money/billing-period';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import type { LineContent } from '../rows/invoice';
import { remainingTimeDescription, trialDescription } from '../line/description';
import type { ChangeSet } from '../core/change-set';
import { currenciesOf, isMetered, priceIn } from '../rows/price';
import { FREE, partOf, rate, whole } from '../price/rating';
import { billedItem, itemLine, recurringOf } from './items';
import type { Start } from './subscription-start';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** `free`: the time before the first whole period is free (`proration_behavior=none`). */
export function firstLines(changes: ChangeSet, items: SubscriptionItem[], start: Start, free: boolean): LineContent[] {
  const licensed = items.filter((item) => !isMetered(changes.rows.get('price', item.price)));
  if (start.trialEnd !== null) return licensed.map((item) => trialLine(changes, item));
  return licensed.flatMap((item) => {
    const whole = start.wholePeriodOf(changes.rows.get('price', item.price));
    const begins = Math.max(start.startDate, whole.start);
    changes.patch('subscriptionItem', item.id, { currentPeriodStart: begins });
    const past = free ? [] : backdatedLines(changes, item, start, whole.start);
    if (begins === whole.start && item.currentPeriodEnd === whole.end) return [...past, itemLine(changes.rows, item, whole)];
    const part = { start: begins, end: item.currentPeriodEnd };
    return [...past, free ? freeLine(changes, item, part) : partLine(changes, item, part, whole)];
  });
}

function trialLine(changes: ChangeSet, item: SubscriptionItem): LineContent {
  const { productName } = billedItem(changes.rows, item);
  const period = { start: item.currentPeriodStart, end: item.currentPeriodEnd };
  return itemLine(changes.rows, item, period, { ...FREE, description: trialDescription(productName) });
}

/** A zero line for free time. */
export function freeLine(changes: ChangeSet, item: SubscriptionItem, part: Period): LineContent {
  const { quantity, productName } = billedItem(changes.rows, item);
  return itemLine(changes.rows, item, part, {
    ...FREE,
    description: remainingTimeDescription(productName, quantity, part.start),
    proration: true,
  });
}

/** A line for a part of a period, prorated to the second. */
export function partLine(changes: ChangeSet, item: SubscriptionItem, part: Period, whole: Period): LineContent {
  const { price, quantity } = billedItem(changes.rows, item);
  const charged = partOf(rate(price, quantity), part.end - part.start, whole.end - whole.start);
  return { ...freeLine(changes, item, part), ...charged };
}

/** One line for each period between the backdated start and the current period; the first may be partial. */
function backdatedLines(changes: ChangeSet, item: SubscriptionItem, start: Start, until: number): LineContent[] {
  const recurring = recurringOf(changes.rows, item);
  const lines: LineContent[] = [];
  for (let from = start.startDate; from < until;) {
    const whole = { start: boundaryAtOrBefore(start.anchor, recurring, from), end: nextBoundary(start.anchor, recurring, from) };
    lines.push(partLine(changes, item, { start: from, end: whole.end }, whole));
    from = whole.end;
  }
  return lines;
}

/** Lines of one-time prices billed with the subscription's next invoice. */
export function invoiceItemLines(
  changes: ChangeSet,
  params: { price: string; quantity?: number; tax_rates?: string[]; discounts?: DiscountParameters[] }[],
  subscription: Pick<Subscription, 'id' | 'currency'>,
): LineContent[] {
  return params.map((item, index) => {
    const found = changes.rows.find('price', item.price);
    const param = `add_invoice_items[${String(index)}][price]`;
    if (!found) throw new BillingError('resource_missing', `No such price: '${item.price}'`, { param });
    if (found.type !== 'one_time')
      throw new BillingError('parameter_invalid', 'This field only accepts prices with `type=one_time`.', { param });
    if (!currenciesOf(found).includes(subscription.currency))
      throw new BillingError('currency_mismatch', `The price is in ${found.currency} and cannot be billed in ${subscription.currency}.`, {
        param,
      });
    const price = priceIn(found, subscription.currency);
    refuseFreeAmount(price, param);
    const quantity = item.quantity ?? 1;
    assertLineAmount(price, quantity, `add_invoice_items[${String(index)}][quantity]`);
    return {
      ...whole(rate(price, quantity)),
      currency: price.currency,
      description: changes.rows.get('product', price.product).name,
      quantity,
      discountable: true,
      discounts: requestedDiscounts(
        changes,
        item.discounts ?? [],
        { subscription: subscription.id },
        { param: `add_invoice_items[${String(index)}][discounts]`, currency: subscription.currency },
      ),
      taxRates: item.tax_rates ?? [],
      price: price.id,
      product: price.product,
      unitAmountDecimal: price.unitAmountDecimal,
      taxBehavior: price.taxBehavior,
      taxCode: null,
      subscription: subscription.id,
      subscriptionItem: null,
      proration: false,
      prorationDetails: null,
      periodStart: changes.now,
      periodEnd: changes.now,
      metadata: {},
    };
  });
}
