/**
 * When an invoice's revenue is earned. A line whose service period lies ahead is deferred until that period has ended, the subscription
 * ends (nothing is refunded automatically), or the invoice is void. A month of 1000 with 200 tax, billed on the 1st: receivable 1200,
 * deferred revenue -1000, tax -200; on the next 1st, deferred +1000 and revenue -1000. Each line stores its deferred part, so that the
 * account can be recomputed from the rows.
 */
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { LedgerEntry } from '../core/ledger';
import { netOf } from '../line/taxes';
import { multiplyRatio, negate, sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Subscription } from '../rows/subscription';

/** The revenue of an invoice that becomes final; credits have the negative sign of their line. */
export function revenueEntries(changes: ChangeSet, invoice: Invoice): LedgerEntry[] {
  const ahead = linesOf(changes, invoice).filter((line) => isAhead(changes, line));
  for (const line of ahead) changes.patch('invoiceLineItem', line.id, { deferred: netOf(line) });
  return entriesOf(invoice, sumOf(ahead.map(netOf)), -1);
}

/** Reverses that revenue, deferred or earned. `invoice` has the amounts that credit notes have left. */
export function voidedRevenueEntries(changes: ChangeSet, invoice: Invoice): LedgerEntry[] {
  const deferred = linesOf(changes, invoice).filter((line) => line.deferred !== 0);
  for (const line of deferred) changes.patch('invoiceLineItem', line.id, { deferred: 0 });
  return entriesOf(invoice, sumOf(deferred.map((line) => line.deferred)), 1);
}

/**
 * Takes the part of a credit that was not earned yet off its line's deferred revenue, and returns it: of 45 credited of a line of 90 for
 * three months, after the first, 29.50. The time that is left of the period decides, by the second. `net` is without tax.
 */
export function creditDeferred(changes: ChangeSet, line: InvoiceLineItem, net: number): number {
  if (line.deferred === 0) return 0;
  const ahead = Math.max(0, line.periodEnd - Math.max(changes.now, line.periodStart));
  const share = multiplyRatio(net, ahead, line.periodEnd - line.periodStart);
  const unearned = net < 0 ? Math.max(share, line.deferred) : Math.min(share, line.deferred);
  changes.patch('invoiceLineItem', line.id, { deferred: line.deferred - unearned });
  return unearned;
}

/** Gives back what a voided credit note took off: deferred again, or revenue if the line's time is over. */
export function restoreDeferred(changes: ChangeSet, line: InvoiceLineItem, unearned: number): 'deferred_revenue' | 'revenue' {
  if (!isAhead(changes, line)) return 'revenue';
  changes.patch('invoiceLineItem', line.id, { deferred: line.deferred + unearned });
  return 'deferred_revenue';
}

/** Earns the deferred revenue of periods that have ended by `until`; with null all of it, because the subscription has ended. */
export function recognizeRevenue(changes: ChangeSet, subscription: Subscription, until: number | null): void {
  const isEarned = (line: InvoiceLineItem) =>
    line.subscription === subscription.id && line.deferred !== 0 && (until === null || line.periodEnd <= until);
  const earned = changes.rows.where('invoiceLineItem', isEarned);
  if (earned.length === 0) return;
  const entries = earned.flatMap(({ deferred, currency, invoice }): LedgerEntry[] => [
    { ledgerAccount: 'deferred_revenue', amount: deferred, currency, invoice },
    { ledgerAccount: 'revenue', amount: negate(deferred), currency, invoice },
  ]);
  changes.post('revenue_recognized', subscription.id, subscription.customer, entries);
  for (const line of earned) changes.patch('invoiceLineItem', line.id, { deferred: 0 });
}

const linesOf = (changes: ChangeSet, invoice: Invoice): InvoiceLineItem[] =>
  changes.rows.where('invoiceLineItem', (line) => line.invoice === invoice.id);

/** Only a living subscription has later steps that recognize the deferred revenue. */
function isAhead(changes: ChangeSet, line: InvoiceLineItem): boolean {
  const status = changes.rows.find('subscription', line.subscription)?.status;
  return status !== undefined && status !== 'canceled' && status !== 'incomplete_expired' && line.periodEnd > changes.now;
}

function entriesOf({ id, currency, totalExcludingTax }: Invoice, deferred: number, sign: 1 | -1): LedgerEntry[] {
  const amount = (of: number) => (sign === 1 ? of : negate(of));
  return [
    { ledgerAccount: 'revenue', amount: amount(totalExcludingTax - deferred), currency, invoice: id },
    { ledgerAccount: 'deferred_revenue', amount: amount(deferred), currency, invoice: id },
  ];
}
