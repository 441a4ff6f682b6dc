/**
 * When a rule buys credit: as soon as less than its threshold is left, unless a purchase of it is not paid yet; where the month's
 * limit does not allow another, that is told once, and it buys when the next month begins, if still too little is left. With a
 * limit of 5000 and 2000 for each, the third of a month waits. Months are those of UTC.
 */
import { monthAfter, monthOf, priceOfTopUp, type CreditTopUp } from './credit-top-up';
import { creditsLeft } from './live-credits';
import type { Rows } from './rows';
import type { AgendaItem } from './workflow';

export const activeTopUps = (rows: Rows, customer: string): CreditTopUp[] =>
  rows.where('creditTopUp', (each) => each.customer === customer && each.status === 'active' && !each.deleted);

/** Each purchase is another cause. */
export function topUpAgenda(rows: Rows, topUp: CreditTopUp, now: number): AgendaItem[] {
  const at = topUpAt(rows, topUp, now);
  if (at === null) return [];
  const buy = { step: 'topUpCredits', at, cause: `topUpCredits/${topUp.id}/${String(topUp.purchases)}`, target: topUp.id };
  const month = monthOf(now);
  if (at <= now || topUp.heldMonth === month) return [buy];
  return [{ step: 'holdTopUp', at: now, cause: `holdTopUp/${topUp.id}/${String(month)}`, target: topUp.id }, buy];
}

/** When it may buy what it would buy now; null where it would not. */
export function topUpAt(rows: Rows, topUp: CreditTopUp, now: number): number | null {
  const { customer, status, deleted, pendingInvoice, threshold, monthlyLimit } = topUp;
  if (status !== 'active' || deleted || pendingInvoice !== null || rows.get('customer', customer).deleted) return null;
  const left = creditsLeft(rows, customer, topUp, now);
  if (left === null || left >= threshold) return null;
  return spentIn(topUp, monthOf(now)) + priceOfTopUp(topUp) <= monthlyLimit ? now : monthAfter(now);
}

/** What the purchases of the month that begins then cost so far. */
export const spentIn = ({ monthStart, monthSpent }: CreditTopUp, month: number): number => (monthStart === month ? monthSpent : 0);
