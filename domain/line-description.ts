/**
 * How a line of a subscription reads on an invoice, in Stripe's words: `3 × Pro (at $15.00 / month)` for a whole period,
 * `Unused time on 3 × Pro after 11 Apr 2026` and `Remaining time on 3 × Team after 11 Apr 2026` for its parts.
 */
import type { BillingInterval } from './billing-period';
import { formatUnitAmount } from './currency';
import type { Price } from './price';

type DescribedPrice = Pick<Price, 'unitAmountDecimal' | 'currency' | 'tiersMode' | 'transformQuantity'> & {
  recurring: BillingInterval | null;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `1 × Pro (at $10.00 / month)`, `(at $27.00 / every 3 months)`, `60 × Seats (graduated / month)`; without an interval where the
 * price is paid once. A quantity of usage is decimal text.
 */
export function periodDescription(productName: string, quantity: number | string, price: DescribedPrice): string {
  const per = price.recurring ? ` / ${intervalName(price.recurring)}` : ' each';
  return `${String(quantity)} × ${productName} (${rateName(price)}${per})`;
}

function rateName({ unitAmountDecimal, currency, tiersMode, transformQuantity }: DescribedPrice): string {
  if (tiersMode !== null) return tiersMode;
  const amount = formatUnitAmount(unitAmountDecimal ?? '0', currency);
  return transformQuantity === null ? `at ${amount}` : `at ${amount} per ${String(transformQuantity.divide_by)}`;
}

export function unusedTimeDescription(productName: string, quantity: number, at: number): string {
  return `Unused time on ${counted(productName, quantity)} after ${dateOf(at)}`;
}

export function remainingTimeDescription(productName: string, quantity: number, at: number): string {
  return `Remaining time on ${counted(productName, quantity)} after ${dateOf(at)}`;
}

/** The day in UTC, as the descriptions of prorations write it: `11 Apr 2026`, `05 May 2026`. */
function dateOf(at: number): string {
  const date = new Date(at * 1000);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day} ${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCFullYear())}`;
}

function counted(productName: string, quantity: number): string {
  return quantity === 1 ? productName : `${String(quantity)} × ${productName}`;
}

function intervalName(recurring: BillingInterval): string {
  const { interval, interval_count: count } = recurring;
  return count === 1 ? interval : `every ${String(count)} ${interval}s`;
}
