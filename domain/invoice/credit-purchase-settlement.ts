/**
 * What happens to a purchase of credit when its invoice changes. Paid by any means: its credit is granted once, in the same commit.
 * Declined: its rule pauses, so that no further charge is made without a request. Void or deleted: the purchase is canceled, and no longer
 * counts for the month's limit.
 */
import { putCreditGrant } from '../credit/grant-changes';
import { monthOf, type CreditPurchase, type CreditTopUp, type PauseReason } from '../rows/credit-top-up';
import { linesOf } from '../line/draft';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';

const DAY = 86_400;

/** The undecided purchase of an invoice; it is among the invoice's facts. */
export const pendingPurchase = (rows: Rows, invoice: string): CreditPurchase | undefined =>
  rows.first('creditPurchase', (each) => each.invoice === invoice && each.status === 'pending');

/** Grants the credit that the invoice sold. If its payment had paused the rule, the rule resumes. */
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

/** Pauses the purchase's rule: an attempt has failed, or waits for the payer. */
export function pauseUnpaid(changes: ChangeSet, invoice: string, reason: Exclude<PauseReason, 'requested'>): void {
  const purchase = pendingPurchase(changes.rows, invoice);
  const topUp = purchase && ruleOf(changes.rows, purchase);
  if (topUp && (topUp.status === 'active' || isPausedByPayment(topUp))) pause(changes, topUp, reason);
}

/** Cancels the purchase: its invoice is void, or was deleted as a draft. */
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

/** Removes the items that a deleted draft releases; otherwise the customer's next invoice would bill them. */
function dropItems(changes: ChangeSet, invoice: string): void {
  for (const { invoiceItem } of linesOf(changes.rows, invoice)) {
    const item = changes.rows.find('invoiceItem', invoiceItem);
    if (item?.invoice !== null || item.deleted) continue;
    changes.patch('invoiceItem', item.id, { deleted: true });
    changes.emit('invoiceitem.deleted', 'invoiceItem', item.id);
  }
}

/** Pauses a rule; emits the event once per reason. */
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

/** Undefined if the rule was deleted meanwhile; its purchase is still granted. */
function ruleOf(rows: Rows, { creditTopUp }: CreditPurchase): CreditTopUp | undefined {
  const topUp = rows.find('creditTopUp', creditTopUp);
  return topUp?.deleted ? undefined : topUp;
}

const isPausedByPayment = ({ pauseReason }: CreditTopUp): boolean => pauseReason !== null && pauseReason !== 'requested';
