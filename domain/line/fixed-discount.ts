/**
 * What a fixed amount off takes off lines. It is for a whole period: 500 off 1000 a month. A proration has its share of it by time,
 * a credit as well as a charge, so that a change at half moves 250 of it from the old price to the new one, whenever it is invoiced.
 */
import { isChange } from './change-proration';
import type { LineContent } from '../rows/invoice';
import { allocate, negate, sumOf } from '../money/money';

export interface FixedAmount {
  discount: string;
  /** Minor units of the lines' currency. */
  amount: number;
}

/** `left` is what each line still costs, below zero for a credit. Answers what is taken off each. */
export function fixedOff(lines: Pick<LineContent, 'basis' | 'prorationDetails'>[], left: number[], of: FixedAmount): number[] {
  const whole = offWhole(
    left.map((each, index) => (isShare(lines[index]) ? 0 : each)),
    of.amount,
  );
  return lines.map((line, index) => (isShare(line) ? offShare(line, left[index] ?? 0, of.discount) : (whole[index] ?? 0)));
}

/** A first or a last period that is short is like a whole one, and so is a cycle that starts anew. */
function isShare(line: Pick<LineContent, 'basis' | 'prorationDetails'> | undefined): boolean {
  return line?.basis?.share !== undefined && isChange(line);
}

/** It is off charges, and never more than they come to with the credits beside them: nobody is paid by a coupon. */
function offWhole(left: number[], amount: number): number[] {
  const charges = left.map((each) => Math.max(each, 0));
  return allocate(Math.min(amount, Math.max(sumOf(left), 0)), charges);
}

/** A credit gives back what was charged less the discount, and is reduced as the charge is. */
function offShare({ basis }: Pick<LineContent, 'basis'>, left: number, discount: string): number {
  const off = Math.min(basis?.off?.[discount] ?? 0, Math.abs(left));
  return left < 0 ? negate(off) : off;
}
