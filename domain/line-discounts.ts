/**
 * What discounts take off the lines of an invoice: those of a line first, then those of the invoice, each from what the earlier
 * ones left. 25% off 1000 is 250, and 100 off what is left leaves 650. A percentage is rounded once per line; a fixed amount is
 * divided over the lines in proportion to what they still cost, and takes no line, nor all of them, below zero.
 */
import BigNumber from 'bignumber.js';
import type { Coupon } from './discount';
import type { DiscountAmount, LineContent } from './invoice';
import { allocate, roundHalfUp, sumOf } from './money';

export interface AppliedDiscount {
  id: string;
  coupon: Pick<Coupon, 'percentOff' | 'amountOff' | 'currency' | 'appliesTo'>;
}

/** A line on its way through the calculation, with what was taken off it so far. */
type Discountable = LineContent & { discountAmounts: DiscountAmount[] };

/** What a line costs after the discounts that it has so far; exclusive tax comes on top. */
export function amountAfterDiscounts(line: Pick<Discountable, 'amount' | 'discountAmounts'>): number {
  return line.amount - sumOf(line.discountAmounts.map((discount) => discount.amount));
}

/**
 * The discounts that lines name themselves, in the order in which the lines name them. One that several lines name (the credit
 * and the charge of one item) counts as one: a fixed amount is taken off once, not from each. Throws where `known` has not the
 * coupon of a discount: that it was not loaded is a programmer's mistake.
 */
export function applyLineDiscounts<L extends Discountable>(lines: L[], known: AppliedDiscount[]): L[] {
  const named = [...new Set(lines.flatMap((line) => line.discounts))];
  return named.reduce((discounted, id) => {
    const discount = known.find((candidate) => candidate.id === id);
    if (!discount) throw new Error(`discount ${id} is not among the loaded facts`);
    return applyDiscount(discounted, discount, (line) => line.discounts.includes(id));
  }, lines);
}

/** The discounts of the whole invoice, one after the other, on every line that they are for. */
export function applyInvoiceDiscounts<L extends Discountable>(lines: L[], discounts: AppliedDiscount[]): L[] {
  return discounts.reduce((discounted, discount) => applyDiscount(discounted, discount, () => true), lines);
}

function applyDiscount<L extends Discountable>(lines: L[], discount: AppliedDiscount, isNamed: (line: L) => boolean): L[] {
  const eligible = lines.filter((line) => isNamed(line) && isEligible(line, discount.coupon));
  const amounts = amountsOff(eligible, discount.coupon);
  const amountOf = new Map(eligible.map((line, index) => [line, amounts[index] ?? 0]));
  return lines.map((line) => {
    const amount = amountOf.get(line);
    if (amount === undefined) return line;
    return { ...line, discountAmounts: [...line.discountAmounts, { amount, discount: discount.id }] };
  });
}

/** A fixed amount in another currency than the line's has no value for it. */
function isEligible(line: Discountable, coupon: AppliedDiscount['coupon']): boolean {
  if (!line.discountable) return false;
  if (coupon.percentOff === null && coupon.currency !== line.currency) return false;
  return coupon.appliesTo === null || (line.product !== null && coupon.appliesTo.products.includes(line.product));
}

/** A credit is reduced by a percentage as the charge was that it gives back; a fixed amount is for charges only. */
function amountsOff(lines: Discountable[], coupon: AppliedDiscount['coupon']): number[] {
  const left = lines.map(amountAfterDiscounts);
  if (coupon.percentOff !== null) {
    const percent = new BigNumber(coupon.percentOff);
    return left.map((amount) => roundHalfUp(percent.times(amount).shiftedBy(-2)));
  }
  const charges = left.map((amount) => Math.max(amount, 0));
  return allocate(Math.min(coupon.amountOff ?? 0, sumOf(charges)), charges);
}
