import { amountInWords } from '../money/currency';
import { sumOf } from '../money/money';
import { rate } from '../price/rating';
import { isMetered } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { itemsOf, periodAt, priceOf } from '../subscription-item/items';

/**
 * The price of the next period, in words: `19.00 usd`. Null where more than flat prices of whole periods decides it: usage, tiers,
 * discounts, tax, a schedule, a planned end. Items that wait for the next invoice come on top.
 *
 * @param at the end of the running period, epoch seconds
 */
export function renewalAmount(rows: Rows, subscription: Subscription, at: number): string | null {
  const due = itemsOf(rows, subscription.id).filter((item) => item.currentPeriodEnd <= at);
  if (!isFlat(rows, subscription) || !due.every((item) => isFlatItem(rows, subscription, item))) return null;
  const amount = sumOf(due.map((item) => rate(priceOf(rows, item), item.quantity ?? 1).full));
  return amountInWords(amount, subscription.currency);
}

function isFlat(
  rows: Rows,
  { automaticTax, customer, schedule, cancelAt, defaultTaxRates, discounts, minimumCommitment, maximumSpend }: Subscription,
): boolean {
  const isPlanned = schedule !== null || cancelAt !== null;
  const isBounded = minimumCommitment !== null || maximumSpend !== null;
  const isTaxed = automaticTax.enabled || defaultTaxRates.length > 0;
  const isAdjusted = isTaxed || discounts.length > 0 || rows.find('customer', customer)?.discount !== null;
  return !isPlanned && !isBounded && !isAdjusted;
}

function isFlatItem(rows: Rows, subscription: Subscription, item: SubscriptionItem): boolean {
  const price = rows.find('price', item.price);
  if (!price || isMetered(price) || price.tiers !== null) return false;
  if (item.taxRates.length > 0 || item.discounts.length > 0) return false;
  return periodAt(rows, subscription, item, item.currentPeriodEnd).start === item.currentPeriodEnd;
}
