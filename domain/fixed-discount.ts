/**
 * What a fixed amount off takes off lines. It is for a whole period: 500 off 1000 a month. A proration has its share of it by time,
 * a credit as well as a charge, so that a change at half moves 250 of it from the old price to the new one, whenever it is invoiced.
 */
import { isChange } from './change-proration';
import type { LineContent } from './invoice';
import { allocate, multiplyRatio, negate, sumOf } from './money';

type Line = Pick<LineContent, 'amount' | 'basis' | 'periodStart' | 'periodEnd' | 'prorationDetails' | 'subscriptionItem'>;

/** `left` is what each line still costs, below zero for a credit. Answers what is taken off each. */
export function fixedOff(lines: Line[], left: number[], amount: number): number[] {
  const groups = lines.map(groupOf);
  const parts = [...new Set(groups)].map((group) => {
    const within = left.map((each, index) => (groups[index] === group ? each : 0));
    if (group === WHOLE) return offWhole(within, amount);
    const share = lines[groups.indexOf(group)]?.basis?.share;
    return group !== null && share ? offPart(within, multiplyRatio(amount, share.seconds, share.of)) : [];
  });
  const off = left.map((_, index) => sumOf(parts.map((part) => part[index] ?? 0)));
  return lines.map((line, index) => (groups[index] === null ? givenBack(lines, index, off) : (off[index] ?? 0)));
}

const WHOLE = 'whole';

/**
 * Prorations of one time share what is for it, but each change of an item has its own. Null for a credit of what waits beside it.
 * A first or a last period that is short is like a whole one.
 */
function groupOf(line: Line, index: number, lines: Line[]): string | null {
  const share = line.basis?.share;
  if (!share || !isChange(line)) return WHOLE;
  if (line.basis?.rule === 'debited') return null;
  const isSame = (each: Line) =>
    each.subscriptionItem === line.subscriptionItem && each.periodStart === line.periodStart && isCredit(each) === isCredit(line);
  const times = lines.slice(0, index).filter((each) => isChange(each) && isSame(each)).length;
  return `${String(line.periodStart)} ${String(share.seconds)} of ${String(share.of)}, ${String(times)}`;
}

const isCredit = ({ basis }: Line): boolean => basis?.credit === true;

/** It is off charges, and never more than they come to with the credits beside them: nobody is paid by a coupon. */
function offWhole(left: number[], amount: number): number[] {
  return allocate(Math.min(amount, Math.max(sumOf(left), 0)), left.map(charge));
}

/** A credit gives back what was charged less the discount, and is reduced as the charge is. */
function offPart(left: number[], amount: number): number[] {
  const off = (amounts: number[]) => allocate(Math.min(amount, sumOf(amounts)), amounts);
  const back = off(left.map(negate).map(charge));
  return off(left.map(charge)).map((each, index) => each - (back[index] ?? 0));
}

const charge = (amount: number): number => Math.max(amount, 0);

/** What was taken off the charge that a credit gives back, or of the part of its time that it does. */
function givenBack(lines: Line[], index: number, off: number[]): number {
  const { basis, subscriptionItem, periodStart: start, periodEnd: end } = lines[index] as Line;
  const charges = (each: Line) => isChange(each) && !isCredit(each) && each.subscriptionItem === subscriptionItem;
  const charged = lines.slice(0, index).findLastIndex((each) => charges(each) && each.periodStart <= start && each.periodEnd >= end);
  const { seconds, of } = basis?.share ?? { seconds: 0, of: 1 };
  return negate(multiplyRatio(off[charged] ?? 0, seconds, of));
}
