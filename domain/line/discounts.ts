/**
 * What discounts take off the lines of an invoice: first the line's own, then the invoice's, each from what the earlier ones left. 25% off
 * 1000 is 250, and 100 off the rest leaves 650. A discount is rounded once, for all lines together, and divided over them by largest
 * remainder, so that three lines of 1 with 50% off total 1 and not 0.
 */
import BigNumber from 'bignumber.js';
import { isChange } from './change-proration';
import type { Coupon } from '../rows/discount';
import { amountOffIn } from '../discount/amounts';
import { inOrder } from './discount-order';
import { fixedOff } from './fixed-discount';
import type { DiscountAmount, LineContent } from '../rows/invoice';
import { allocate, negate, roundHalfUp, sumOf } from '../money/money';

export interface AppliedDiscount {
  id: string;
  coupon: Pick<Coupon, 'percentOff' | 'amountOff' | 'currency' | 'appliesTo'> & Partial<Pick<Coupon, 'currencyOptions'>>;
}

/** A line during the calculation, with its discounts so far. */
type Discountable = Pick<LineContent, 'amount' | 'basis' | 'currency' | 'discountable' | 'discounts' | 'product' | 'prorationDetails'> & {
  discountAmounts: DiscountAmount[];
};

/** The cost of a line after its discounts so far, before exclusive tax. */
export function amountAfterDiscounts(line: { amount: number; discountAmounts: readonly { amount: number }[] }): number {
  return line.amount - sumOf(line.discountAmounts.map((discount) => discount.amount));
}

/**
 * Applies the discounts that lines reference, each line's in its order. A discount that several lines share (the credit and the charge of
 * one item) counts as one: a fixed amount is taken off once, not from each.
 *
 * @throws Error if `known` lacks the coupon of a discount, which is a programming error
 */
export function applyLineDiscounts<L extends Discountable>(lines: L[], known: AppliedDiscount[]): L[] {
  const coupons = new Map(known.map((discount) => [discount.id, discount]));
  const naming = positionsByDiscount(lines);
  const discounted = lines.map(untouched);
  for (const id of inOrder(lines.map((line) => line.discounts))) {
    const discount = coupons.get(id);
    if (!discount) throw new Error(`discount ${id} is not among the loaded facts`);
    applyDiscount(discounted, naming.get(id) ?? [], discount);
  }
  return discounted;
}

/** All referenced discounts, each after those that a line lists before it. If lines contradict each other, the first line decides. */
function positionsByDiscount(lines: Discountable[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, line] of lines.entries()) {
    for (const id of new Set(line.discounts)) {
      const known = positions.get(id);
      if (known) known.push(position);
      else positions.set(id, [position]);
    }
  }
  return positions;
}

/** Applies the discounts of the whole invoice in order, on every eligible line. A change has its own discounts, from when it was made. */
export function applyInvoiceDiscounts<L extends Discountable>(lines: L[], discounts: AppliedDiscount[]): L[] {
  const discounted = lines.map(untouched);
  const positions = lines.flatMap((line, position) => (isChange(line) ? [] : [position]));
  for (const discount of discounts) applyDiscount(discounted, positions, discount);
  return discounted;
}

/** A copy that the discounts of this call are added to. */
const untouched = <L extends Discountable>(line: L): L => ({ ...line, discountAmounts: [...line.discountAmounts] });

/** Takes the discount off the eligible lines at these positions. */
function applyDiscount(lines: Discountable[], positions: number[], discount: AppliedDiscount): void {
  const eligible = positions.flatMap((position) => lines[position] ?? []).filter((line) => isEligible(line, discount.coupon));
  const amounts = amountsOff(eligible, discount);
  for (const [index, line] of eligible.entries()) line.discountAmounts.push({ amount: amounts[index] ?? 0, discount: discount.id });
}

/** A fixed amount has no value in a currency that the coupon does not list. */
function isEligible(line: Discountable, coupon: AppliedDiscount['coupon']): boolean {
  if (!line.discountable) return false;
  if (coupon.percentOff === null && amountOffIn(coupon, line.currency) === null) return false;
  return coupon.appliesTo === null || (line.product !== null && coupon.appliesTo.products.includes(line.product));
}

function amountsOff(lines: Discountable[], { id, coupon }: AppliedDiscount): number[] {
  const left = lines.map(amountAfterDiscounts);
  if (coupon.percentOff !== null) return percentOf(left, coupon.percentOff);
  return fixedOff(lines, left, { discount: id, amount: amountOffIn(coupon, lines[0]?.currency ?? '') ?? 0 });
}

/** Charges and credits are rounded separately and alike, so a credit is reduced as its charge was. */
function percentOf(left: number[], percentage: string): number[] {
  const part = (amounts: number[]): number[] => {
    const sum = sumOf(amounts);
    if (sum === 0) return amounts;
    return allocate(roundHalfUp(new BigNumber(percentage).times(sum).shiftedBy(-2)), amounts);
  };
  const off = part(left.map((amount) => Math.max(amount, 0)));
  const back = part(left.map((amount) => Math.max(negate(amount), 0)));
  return left.map((_, index) => (off[index] ?? 0) - (back[index] ?? 0));
}
