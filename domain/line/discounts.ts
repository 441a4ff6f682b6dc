/**
 * What discounts take off the lines of an invoice: those of a line first, then those of the invoice, each from what the earlier
 * ones left. 25% off 1000 is 250, and 100 off what is left leaves 650. What a discount takes off is rounded once, for all lines
 * together, and divided over them by largest remainder, so that three lines of 1 with 50% off come to 1 and not to 0.
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

/** A line on its way through the calculation, with what was taken off it so far. */
type Discountable = LineContent & { discountAmounts: DiscountAmount[] };

/** What a line costs after the discounts that it has so far; exclusive tax comes on top. */
export function amountAfterDiscounts(line: Pick<Discountable, 'amount' | 'discountAmounts'>): number {
  return line.amount - sumOf(line.discountAmounts.map((discount) => discount.amount));
}

/**
 * The discounts that lines name themselves, each line's in its order. One that several lines name (the credit and the charge of one
 * item) counts as one: a fixed amount is taken off once, not from each. Throws where `known` has not the coupon of a discount: that
 * it was not loaded is a programmer's mistake.
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

/** Which lines name each discount: thousands of lines and discounts are gone through once, and not once for each other. */
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

/** The discounts of the whole invoice, one after the other, on every line that they are for. A change has its own, from when it was made. */
export function applyInvoiceDiscounts<L extends Discountable>(lines: L[], discounts: AppliedDiscount[]): L[] {
  const discounted = lines.map(untouched);
  const positions = lines.flatMap((line, position) => (isChange(line) ? [] : [position]));
  for (const discount of discounts) applyDiscount(discounted, positions, discount);
  return discounted;
}

/** A copy that the discounts of this call are added to. */
const untouched = <L extends Discountable>(line: L): L => ({ ...line, discountAmounts: [...line.discountAmounts] });

/** Takes it off the lines at these positions that it is for. */
function applyDiscount(lines: Discountable[], positions: number[], discount: AppliedDiscount): void {
  const eligible = positions.flatMap((position) => lines[position] ?? []).filter((line) => isEligible(line, discount.coupon));
  const amounts = amountsOff(eligible, discount);
  for (const [index, line] of eligible.entries()) line.discountAmounts.push({ amount: amounts[index] ?? 0, discount: discount.id });
}

/** A fixed amount has no value in a currency that it does not name. */
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

/** A credit is reduced as the charge was that it gives back: both are rounded by themselves, and alike. */
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
