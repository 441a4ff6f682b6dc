/** Usage of the running period that the other system has counted and not billed. Whoever makes the next invoice bills it. */
import BigNumber from 'bignumber.js';
import { decimalText } from '../money/money';
import type { Formula } from '../rows/meter';
import type { Usage } from '../rows/usage';

const HOUR = 3600;

/** Usage is taken by whole hours, an hour later: what is sent to both systems may not have arrived in both before. Epoch seconds. */
export const usageUntil = (now: number): number => (Math.floor(now / HOUR) - 1) * HOUR;

/** The hour of a time, half-open. */
export const hourOf = (at: number): { from: number; to: number } => {
  const from = Math.floor(at / HOUR) * HOUR;
  return { from, to: from + HOUR };
};

/**
 * The values of the events that an hour lacks here. What was sent to both systems is here already, and nothing is taken away.
 *
 * @param theirs the quantity that the other system has counted in that hour
 * @param ours what is counted here in the same hour
 */
export function missingEvents(formula: Formula, theirs: string, ours: Usage): (string | null)[] {
  const missing = new BigNumber(theirs).minus(ours.quantity);
  if (formula === 'count') return Array.from({ length: Math.max(0, missing.toNumber()) }, () => null);
  if (ours.events === 0) return new BigNumber(theirs).isZero() ? [] : [theirs];
  return formula === 'sum' && missing.gt(0) ? [decimalText(missing)] : [];
}
