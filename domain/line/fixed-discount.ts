/**
 * What a fixed amount takes off lines. The amount is for a whole period: 500 off 1000 a month. A proration gets its share by time, for the
 * credit as well as the charge. So a change at half time moves 250 of it from the old price to the new one, whenever it is invoiced.
 */
import { isChange } from './change-proration';
import type { LineContent } from '../rows/invoice';
import { allocate, negate, sumOf } from '../money/money';

export interface FixedAmount {
  discount: string;
  /** Minor units of the lines' currency. */
  amount: number;
}

/** The reduction of each line. `left` is each line's remaining cost, below zero for a credit. */
export function fixedOff(lines: Pick<LineContent, 'basis' | 'prorationDetails'>[], left: number[], of: FixedAmount): number[] {
  const whole = offWhole(
    left.map((each, index) => (isShare(lines[index]) ? 0 : each)),
    of.amount,
  );
  return lines.map((line, index) => (isShare(line) ? offShare(line, left[index] ?? 0, of.discount) : (whole[index] ?? 0)));
}

/** Partial first and last periods count as whole ones, and so does a cycle that starts again. */
function isShare(line: Pick<LineContent, 'basis' | 'prorationDetails'> | undefined): boolean {
  return line?.basis?.share !== undefined && isChange(line);
}

/** Reduces charges, and never by more than the charges less the credits beside them: a coupon never pays money out. */
function offWhole(left: number[], amount: number): number[] {
  const charges = left.map((each) => Math.max(each, 0));
  return allocate(Math.min(amount, Math.max(sumOf(left), 0)), charges);
}

/** A credit gives back the charge less its discount, so it is reduced in the same way as the charge. */
function offShare({ basis }: Pick<LineContent, 'basis'>, left: number, discount: string): number {
  const off = Math.min(basis?.off?.[discount] ?? 0, Math.abs(left));
  return left < 0 ? negate(off) : off;
}
