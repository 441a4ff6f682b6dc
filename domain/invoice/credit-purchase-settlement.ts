/**
 * What becomes of a purchase of credit with its invoice: paid in whichever way, its credit is granted, in the same commit and
 * once; declined, its rule pauses, so that nothing is charged again unasked; void or deleted, there never was one, and the month's
 * limit has room again.
 */
import { putCreditGrant } from '../credit/grant-changes';
import { monthOf, type CreditPurchase, type CreditTopUp, type PauseReason } from '../rows/credit-top-up';
import { linesOf } from '../line/draft';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';

const DAY = 86_400;

/** The purchase that an invoice is for and that is not decided yet; among the invoice's facts. */
export const pendingPurchase = (rows: Rows, invoice: string): CreditPurchase | undefined =>
  rows.first('creditPurchase', (each) => each.invoice === invoice && each.status === 'pending');

/** Grants what the invoice sold. A rule that its payment had paused goes on. */
export function grantPurchase(changes: ChangeSet, invoice: string): void {
  const purchase = pendingPurchase(changes.rows, invoice);
  if (!purchase) return;
  const { customer, currency, amount, name, priority, prices, expiresAfterDays, creditTopUp } = purchase;
  const expiresAt = expiresAfterDays === null ? null : changes.now + expiresAfterDays * DAY;
  const grant = putCreditGrant(changes, {
    ...{ customer, currency, amount, name, priority, prices, expiresAt },
    ...{ category: 'paid', effectiveAt: changes.now, metadata: { credit_top_up: creditTopUp, invoice } },
  });
  changes.patch('creditPurchase', purchase.id, { status: 'paid', creditGrant: grant.id });
  const topUp = ruleOf(changes.rows, purchase);
  if (!topUp) return;
  changes.patch('creditTopUp', topUp.id, { pendingInvoice: null, latestInvoice: invoice, latestCreditGrant: grant.id });
  if (isPausedByPayment(topUp)) activate(changes, topUp.id);
  changes.wake('usage', customer, topUp);
}

/** Pauses its rule: an attempt has failed, or waits for the payer. */
export function pauseUnpaid(changes: ChangeSet, invoice: string, reason: Exclude<PauseReason, 'requested'>): void {
  const purchase = pendingPurchase(changes.rows, invoice);
  const topUp = purchase && ruleOf(changes.rows, purchase);
  if (topUp && (topUp.status === 'active' || isPausedByPayment(topUp))) pause(changes, topUp, reason);
}

/** Nothing was bought: its invoice is void, or was deleted as a draft. */
export function cancelPurchase(changes: ChangeSet, invoice: string): void {
  const purchase = pendingPurchase(changes.rows, invoice);
  if (!purchase) return;
  changes.patch('creditPurchase', purchase.id, { status: 'canceled' });
  dropItems(changes, invoice);
  const topUp = ruleOf(changes.rows, purchase);
  if (!topUp) return;
  const isSameMonth = topUp.monthStart === monthOf(purchase.created);
  changes.patch('creditTopUp', topUp.id, {
    pendingInvoice: null,
    monthSpent: isSameMonth ? topUp.monthSpent - purchase.unitAmount : topUp.monthSpent,
  });
  changes.wake('usage', topUp.customer, topUp);
}

/** What a deleted draft has let go of would be on the customer's next invoice. */
function dropItems(changes: ChangeSet, invoice: string): void {
  for (const { invoiceItem } of linesOf(changes.rows, invoice)) {
    const item = changes.rows.find('invoiceItem', invoiceItem);
    if (item?.invoice !== null || item.deleted) continue;
    changes.patch('invoiceItem', item.id, { deleted: true });
    changes.emit('invoiceitem.deleted', 'invoiceItem', item.id);
  }
}

/** Told once for each reason. */
export function pause(changes: ChangeSet, { id, pauseReason }: CreditTopUp, reason: PauseReason): void {
  if (pauseReason === reason) return;
  changes.patch('creditTopUp', id, { status: 'paused', pauseReason: reason, updated: changes.now });
  changes.emit('billing.credit_top_up.paused', 'creditTopUp', id);
}

export function activate(changes: ChangeSet, id: string): void {
  const { customer, testClock } = changes.patch('creditTopUp', id, { status: 'active', pauseReason: null, updated: changes.now });
  changes.emit('billing.credit_top_up.resumed', 'creditTopUp', id);
  changes.wake('usage', customer, { customer, testClock });
}

/** What a rule bought that was deleted meanwhile is granted all the same. */
function ruleOf(rows: Rows, { creditTopUp }: CreditPurchase): CreditTopUp | undefined {
  const topUp = rows.find('creditTopUp', creditTopUp);
  return topUp?.deleted ? undefined : topUp;
}

const isPausedByPayment = ({ pauseReason }: CreditTopUp): boolean => pauseReason !== null && pauseReason !== 'requested';
