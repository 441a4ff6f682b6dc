/**
 * The description of a subscription's line, in Stripe's words: `3 × Pro (at $15.00 / month)` for a whole period, `Unused time on 3 × Pro
 * after 11 Apr 2026` and `Remaining time on 3 × Team after 11 Apr 2026` for its parts. What such a text says is read by
 * `domain/line/described.ts`, so that documents and pages say it in the customer's language.
 */
import type { BillingInterval } from '../money/billing-period';
import { formatUnitAmount } from '../money/currency';
import type { Price } from '../rows/price';
import { rate, type RatedPrice } from '../price/rating';

type DescribedPrice = RatedPrice & Pick<Price, 'currency'> & { recurring: BillingInterval | null };

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `1 × Pro (at $10.00 / month)`, `(at $27.00 / every 3 months)`, `60 × Seats (Tier 2 at $4.00 / month)` if all units cost that, otherwise
 * `(graduated / month)`; without an interval for a one-time price. A quantity of usage is decimal text.
 */
export function periodDescription(productName: string, quantity: number | string, price: DescribedPrice): string {
  const per = price.recurring ? ` / ${intervalName(price.recurring)}` : ' each';
  return `${String(quantity)} × ${productName} (${rateName(price, quantity)}${per})`;
}

function rateName(price: DescribedPrice, quantity: number | string): string {
  const { unitAmountDecimal, currency, tiersMode, transformQuantity } = price;
  if (tiersMode !== null) return tierName(price, quantity) ?? tiersMode;
  const amount = formatUnitAmount(unitAmountDecimal ?? '0', currency);
  return transformQuantity === null ? `at ${amount}` : `at ${amount} per ${String(transformQuantity.divide_by)} units`;
}

/** The tier, if it contains the whole quantity and has an amount per unit. */
function tierName(price: DescribedPrice, quantity: number | string): string | null {
  const [rated, ...others] = rate(price, quantity).tiers ?? [];
  if (!rated || others.length > 0 || rated.unit_amount_decimal === null || rated.flat_amount_decimal !== null) return null;
  const number = (price.tiers ?? []).findIndex(({ up_to: upTo }) => upTo === rated.up_to) + 1;
  return `Tier ${String(number)} at ${formatUnitAmount(rated.unit_amount_decimal, price.currency)}`;
}

export function unusedTimeDescription(productName: string, quantity: number, at: number): string {
  return `Unused time on ${counted(productName, quantity)} after ${dateOf(at)}`;
}

export function remainingTimeDescription(productName: string, quantity: number, at: number): string {
  return `Remaining time on ${counted(productName, quantity)} after ${dateOf(at)}`;
}

export function trialDescription(productName: string): string {
  return `Trial period for ${productName}`;
}

/** Of the line that brings a period up to its minimum, or down to its maximum. */
export const BOUND_DESCRIPTIONS = { minimum_commitment: 'Minimum commitment', maximum_spend: 'Maximum spend reached' };

/** The UTC day as in the descriptions of prorations: `11 Apr 2026`, `05 May 2026`. */
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
