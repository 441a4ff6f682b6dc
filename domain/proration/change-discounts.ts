/**
 * The discounts of prorations. A change costs what it costs when it is made, with the discounts in force then, whenever it is invoiced: 50%
 * off until the 1st halves a purchase on the 20th before it, and a coupon redeemed on the 25th does not affect it.
 */
import BigNumber from 'bignumber.js';
import { isChange } from '../line/change-proration';
import { amountOffIn } from '../discount/amounts';
import { discountsAt } from '../line/draft';
import type { InvoiceItem, LineContent } from '../rows/invoice';
import { multiplyRatio, roundHalfUp, sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import { isMetered, priceIn } from '../rows/price';
import { rate } from '../price/rating';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** The line with all its discounts: those of its item, and those of the subscription or else the customer. */
export function withDiscountsOfChange(changes: ChangeSet, { id }: Pick<Subscription, 'id'>, line: LineContent): LineContent {
  if (!isChange(line) || !line.discountable) return line;
  const isCredit = line.basis?.credit === true;
  const charged = isCredit ? waitingDebit(changes.rows, line) : undefined;
  if (charged) return asCharged(line, charged);
  // A credit gives back a charge from before this change, which may itself add or remove discounts.
  const rows = isCredit ? changes.base : changes.rows;
  const subscription = rows.find('subscription', id);
  if (!subscription) return line;
  const whole = discountsAt(rows, rows.get('customer', subscription.customer), subscription, changes.now);
  const discounts = [...new Set([...line.discounts, ...whole])];
  // Computed once, because it is the same for every discount.
  let periods: WholePeriod[] | undefined;
  const periodsOf = (): WholePeriod[] => (periods ??= wholePeriods(rows, id, line.currency));
  return withOff({ ...line, discounts }, (discount) => shareOf(rows, line, discount, periodsOf));
}

/** The pending item that a credit gives back, if it was not invoiced yet. The credit is reduced in the same way. */
function waitingDebit(rows: Rows, { subscriptionItem, periodStart, periodEnd }: LineContent): InvoiceItem | undefined {
  const covers = (item: InvoiceItem) => item.periodStart <= periodStart && item.periodEnd >= periodEnd && item.basis?.credit !== true;
  const waiting = rows.where('invoiceItem', (item) => item.subscriptionItem === subscriptionItem && item.invoice === null && !item.deleted);
  return waiting
    .filter((item) => isChange(item) && covers(item))
    .sort((a, b) => a.created - b.created)
    .at(-1);
}

function asCharged(line: LineContent, { basis, discounts, periodStart, periodEnd }: InvoiceItem): LineContent {
  const [seconds, of] = [line.periodEnd - line.periodStart, periodEnd - periodStart];
  return withOff({ ...line, discounts }, (discount) => multiplyRatio(basis?.off?.[discount] ?? 0, seconds, of));
}

function withOff(line: LineContent, offOf: (discount: string) => number): LineContent {
  const offs = line.discounts.map((discount): [string, number] => [discount, offOf(discount)]).filter(([, amount]) => amount !== 0);
  if (!line.basis || offs.length === 0) return line;
  return { ...line, basis: { ...line.basis, off: Object.fromEntries(offs) } };
}

/**
 * The part of a fixed amount for the line's time: the share of its item on an invoice of whole periods, by time. 500 off items of 1000 and
 * 3000 is 125 off the first; half of its month gets 62.5 of it, rounded.
 */
function shareOf(
  rows: Rows,
  { basis, currency, discounts, product, subscriptionItem }: LineContent,
  discount: string,
  periodsOf: () => WholePeriod[],
): number {
  const coupon = rows.get('coupon', rows.get('discount', discount).coupon);
  const amount = amountOffIn(coupon, currency);
  if (amount === null || !basis?.share || basis.full <= 0) return 0;
  const isFor = (id: string | null) => coupon.appliesTo === null || (id !== null && coupon.appliesTo.products.includes(id));
  if (!isFor(product)) return 0;
  const isItems = discounts.includes(discount);
  const others = isItems ? [] : periodsOf().filter((each) => each.item !== subscriptionItem && isFor(each.product));
  const all = basis.full + sumOf(others.map(({ full }) => full));
  const { seconds, of } = basis.share;
  return roundHalfUp(new BigNumber(Math.min(amount, all)).times(basis.full).times(seconds).div(new BigNumber(all).times(of)));
}

interface WholePeriod {
  item: string;
  product: string;
  full: number;
}

/** The price of each item billed in advance for its whole period. */
function wholePeriods(rows: Rows, subscription: string, currency: string): WholePeriod[] {
  const items = rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);
  return items.flatMap(({ id, price: priceId, quantity }) => {
    const price = priceIn(rows.get('price', priceId), currency);
    return isMetered(price) ? [] : [{ item: id, product: price.product, full: rate(price, quantity ?? 1).full }];
  });
}
