/** The billing of subscription items: whole periods as lines of an invoice, and parts of periods. */
import { BillingError } from '../core/errors';
import { billingPeriod, type Period } from '../money/billing-period';
import { withDiscountsOfChange } from '../proration/change-discounts';
import { lineContentOf } from '../line/draft';
import type { InvoiceItem, LineContent } from '../rows/invoice';
import { periodDescription } from '../line/description';
import type { ChangeSet } from '../core/change-set';
import { currenciesOf, isMetered, priceIn, type Price, type Recurring } from '../rows/price';
import type { BilledItem } from '../proration/proration';
import { rate, whole } from '../price/rating';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import type { ItemParameters } from '../rows/subscription-parameters';

export function itemsOf(rows: Rows, subscription: string): SubscriptionItem[] {
  return rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);
}

export function recurringOf(rows: Rows, item: SubscriptionItem): Recurring {
  const { recurring } = rows.get('price', item.price);
  if (!recurring) throw new Error(`price ${item.price} of ${item.id} is not recurring`);
  return recurring;
}

/** The item's price in the subscription's currency. */
export function priceOf(rows: Rows, item: SubscriptionItem): Price {
  return priceIn(rows.get('price', item.price), rows.get('subscription', item.subscription).currency);
}

/** The item's period on the grid that contains `at`. */
export function periodAt(rows: Rows, subscription: Subscription, item: SubscriptionItem, at: number): Period {
  const dayOfMonth = subscription.billingCycleAnchorConfig?.day_of_month;
  return billingPeriod(subscription.billingCycleAnchor, recurringOf(rows, item), at, dayOfMonth);
}

export function billedItem(rows: Rows, item: SubscriptionItem, period?: Period): BilledItem {
  const price = priceOf(rows, item);
  return {
    price,
    productName: rows.get('product', price.product).name,
    quantity: item.quantity ?? 1,
    period: period ?? { start: item.currentPeriodStart, end: item.currentPeriodEnd },
    taxRates: item.taxRates,
    discounts: item.discounts,
  };
}

/**
 * An item with its current span. Its price is for the whole period of the grid; a first span that begins within it, and a span that a
 * planned end cuts off, cost their share.
 */
export function runningItem(rows: Rows, subscription: Subscription, item: SubscriptionItem): BilledItem {
  const { currentPeriodStart: from, currentPeriodEnd: until } = item;
  return { ...billedItem(rows, item, periodAt(rows, subscription, item, from)), from, until };
}

/** The line of a whole period in advance: quantity × unit amount. `change` adapts it to a part of a period, a free trial, and so on. */
export function itemLine(rows: Rows, item: SubscriptionItem, period: Period, change: Partial<LineContent> = {}): LineContent {
  const { price, productName, quantity, taxRates, discounts } = billedItem(rows, item);
  return {
    ...whole(rate(price, quantity)),
    currency: price.currency,
    description: periodDescription(productName, quantity, price),
    quantity,
    discountable: true,
    discounts,
    taxRates,
    price: price.id,
    product: price.product,
    unitAmountDecimal: price.unitAmountDecimal,
    taxBehavior: price.taxBehavior,
    taxCode: null,
    subscription: item.subscription,
    subscriptionItem: item.id,
    proration: false,
    prorationDetails: null,
    periodStart: period.start,
    periodEnd: period.end,
    metadata: item.metadata,
    ...change,
  };
}

/** Puts a proration as an invoice item that waits for the subscription's next invoice. */
export function putPendingItem(changes: ChangeSet, subscription: Subscription, content: LineContent): InvoiceItem {
  const item = changes.put('invoiceItem', {
    ...changes.resource('ii'),
    ...lineContentOf(withDiscountsOfChange(changes, subscription, content)),
    quantity: content.quantity ?? 1,
    deleted: false,
    customer: subscription.customer,
    testClock: subscription.testClock,
    invoice: null,
  });
  changes.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}

/**
 * The price, if a subscription in this currency can use it.
 *
 * @throws BillingError that names `param`
 */
export function subscribablePrice(
  changes: ChangeSet,
  item: Pick<ItemParameters, 'price' | 'described' | 'quantity'>,
  currency: string | null,
  param: string,
): Price {
  const { price: id, described } = item;
  if (id === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const price = changes.rows.find('price', id);
  if (!price) throw new BillingError('resource_missing', `No such price: '${id}'`, { param });
  // An inline price is inactive from the start, so no other subscription can use it.
  if (!price.active && !described) {
    throw new BillingError('parameter_invalid', `The price specified is inactive. This field only accepts active prices.`, { param });
  }
  if (!price.recurring) {
    throw new BillingError(
      'parameter_invalid',
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      { param },
    );
  }
  refuseQuantity(price, item.quantity, param);
  if (currency === null || currenciesOf(price).includes(currency)) return priceIn(price, currency ?? price.currency);
  const supported = currenciesOf(price).join('`, `');
  throw new BillingError(
    'currency_mismatch',
    `The price specified only supports \`${supported}\`. This doesn't match the expected currency: \`${currency}\`.`,
    { param },
  );
}

function refuseQuantity(price: Price, quantity: number | undefined, param: string): void {
  if (!isMetered(price) || quantity === undefined) return;
  throw new BillingError('parameter_invalid', `\`quantity\` can't be set for a metered price (${price.id}): its meter counts.`, {
    param: param.replace('[price]', '[quantity]'),
  });
}
