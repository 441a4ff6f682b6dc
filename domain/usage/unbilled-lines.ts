/**
 * Usage lines not yet on a final invoice, grouped by the invoice they will be on: drafts as they are, and running usage as it would be
 * billed now. Percentage discounts are already applied; a fixed amount is known only on its invoice.
 */
import { isInForce } from '../discount/life';
import type { LineContent } from '../rows/invoice';
import { discountsAt, linesOf } from '../line/draft';
import type { Creditable } from '../line/credits';
import { applyInvoiceDiscounts, applyLineDiscounts, type AppliedDiscount } from '../line/discounts';
import { lateSpans, spendSoFar, usageSoFar, type SpanUsage } from './live-usage';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { itemsOf } from '../subscription-item/items';

/** The next invoices first. `billed` are the subscriptions in this currency that bill usage. */
export function unbilledLines(rows: Rows, of: { customer: string; currency: string }, billed: Subscription[], now: number): Creditable[][] {
  const isOfCustomer = ({ customer, currency, deleted }: { customer: string; currency: string; deleted: boolean }) =>
    customer === of.customer && currency === of.currency && !deleted;
  const drafts = rows.where('invoice', (invoice) => isOfCustomer(invoice) && invoice.status === 'draft');
  const waiting = rows.where('invoiceItem', (item) => isOfCustomer(item) && item.invoice === null && item.basis?.usage !== undefined);
  return [
    ...drafts.map(({ id }) => linesOf(rows, id).map((line) => ({ ...line, creditAmounts: [] }))),
    waiting.map((item) => ({ ...item, ...NOTHING_OFF })),
    ...billed.map((subscription) => runningLines(rows, subscription, now)),
  ];
}

/** Includes the reduction by the subscription's maximum. */
function runningLines(rows: Rows, subscription: Subscription, now: number): Creditable[] {
  const end = Math.max(now, ...itemsOf(rows, subscription.id).map(({ currentPeriodEnd }) => currentPeriodEnd));
  const running = usageSoFar(rows, subscription, now).filter((span) => span.running);
  const lines = [...running, ...lateSpans(rows, subscription)].map((span) => lineOf(rows, subscription, span, end));
  const reduction = subscription.maximumSpend === null ? 0 : spendSoFar(rows, subscription, now).reduction;
  const all = reduction === 0 ? lines : [...lines, { ...BLANK, amount: -reduction, currency: subscription.currency }];
  const own = applyLineDiscounts(
    all.map((line) => ({ ...line, ...NOTHING_OFF })),
    percentages(
      rows,
      all.flatMap((line) => line.discounts),
    ),
  );
  return applyInvoiceDiscounts(own, percentages(rows, discountsAt(rows, rows.get('customer', subscription.customer), subscription, end)));
}

function lineOf(rows: Rows, { currency }: Subscription, { unbilled, basis, ...span }: SpanUsage, end: number): LineContent {
  const { meter, filters, from, to, events } = span;
  const discounts = rows.find('subscriptionItem', span.subscriptionItem)?.discounts ?? [];
  const { product } = rows.get('price', span.price);
  return {
    ...{ ...BLANK, amount: unbilled.amount, currency, price: span.price, product, subscriptionItem: span.subscriptionItem },
    discounts: percentages(
      rows,
      discounts.filter((id) => isInForce(rows, id, end)),
    ).map(({ id }) => id),
    basis: { ...basis, usage: { period: '', meter, dimension_filters: filters, from, to, events, billed_before: null } },
  };
}

function percentages(rows: Rows, ids: string[]): AppliedDiscount[] {
  const applied = ids.map((id) => ({ id, coupon: rows.get('coupon', rows.get('discount', id).coupon) }));
  return applied.filter(({ coupon }) => coupon.percentOff !== null);
}

const NOTHING_OFF = { discountAmounts: [], creditAmounts: [] };

/** Fields that this calculation does not use. */
const BLANK = {
  ...{
    description: null,
    quantity: null,
    discountable: true,
    discounts: [],
    taxRates: [],
    price: null,
    product: null,
    taxBehavior: null,
    taxCode: null,
  },
  ...{ unitAmountDecimal: null, subscription: null, subscriptionItem: null, proration: false, prorationDetails: null, basis: null },
  ...{ periodStart: 0, periodEnd: 0, metadata: {} },
};
