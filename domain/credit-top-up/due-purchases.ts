/**
 * When a rule buys credit, and how much. It buys as soon as less than its threshold is left and no purchase of it is unpaid: as many times
 * its amount as it takes, on one invoice. With 1000 at a time, a threshold of 500 and usage 1200 ahead of the credit, that is twice. If the
 * month's limit allows no purchase, the rule notifies the seller once, and buys when the next month begins, if too little is left then.
 * Months are UTC.
 */
import { monthAfter, monthOf, priceOfTopUp, type CreditTopUp } from '../rows/credit-top-up';
import { creditsLeft } from './credits-left';
import { MAXIMUM_CHARGE } from '../money/minimum-charge';
import type { Rows } from '../rows/rows';
import type { AgendaItem } from '../rows/workflow';

export const activeTopUps = (rows: Rows, customer: string): CreditTopUp[] =>
  rows.where('creditTopUp', (each) => each.customer === customer && each.status === 'active' && !each.deleted);

/** Each purchase has another key. */
export function topUpAgenda(rows: Rows, topUp: CreditTopUp, now: number): AgendaItem[] {
  const wanted = wantedOf(rows, topUp, now);
  if (wanted === 0) return [];
  const at = Math.min(wanted, allowedOf(topUp, now)) > 0 ? now : monthAfter(now);
  const buy: AgendaItem = { step: 'topUpCredits', at, key: `topUpCredits/${topUp.id}/${String(topUp.purchases)}`, target: topUp.id };
  const month = monthOf(now);
  if (at <= now || topUp.heldMonth === month) return [buy];
  return [{ step: 'holdTopUp', at: now, key: `holdTopUp/${topUp.id}/${String(month)}`, target: topUp.id }, buy];
}

/** How many times its amount the rule buys now. */
export const quantityOf = (rows: Rows, topUp: CreditTopUp, now: number): number =>
  Math.min(wantedOf(rows, topUp, now), allowedOf(topUp, now));

/** How many times its amount reaches the threshold. */
function wantedOf(rows: Rows, { pendingInvoice, threshold, ...topUp }: CreditTopUp, now: number): number {
  const { customer, status, deleted, amount } = topUp;
  if (status !== 'active' || deleted || pendingInvoice !== null || rows.get('customer', customer).deleted) return 0;
  const left = creditsLeft(rows, customer, topUp, now);
  return left === null ? 0 : Math.max(0, Math.ceil((threshold - left) / amount));
}

/** How many times its amount fits the month's limit and that of one charge. */
function allowedOf(topUp: CreditTopUp, now: number): number {
  const most = Math.min(topUp.monthlyLimit - spentIn(topUp, monthOf(now)), MAXIMUM_CHARGE);
  return Math.max(0, Math.floor(most / priceOfTopUp(topUp)));
}

/** The cost so far of the purchases in the month that begins at `month`. Minor units. */
export const spentIn = ({ monthStart, monthSpent }: CreditTopUp, month: number): number => (monthStart === month ? monthSpent : 0);
