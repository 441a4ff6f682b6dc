import type { Period } from '../money/billing-period';
import type { Invoice, LineContent } from '../rows/invoice';
import { linesOf, putLine } from '../line/draft';
import { lateSpendLines } from './late-spend';
import type { ChangeSet } from '../core/change-set';
import { spendLines } from './spend-bounds';

/** Recomputes the bounds of a draft whose usage was recounted. */
export function recountSpend(changes: ChangeSet, invoice: Invoice): void {
  const subscription = changes.rows.find('subscription', invoice.subscription);
  const lines = linesOf(changes.rows, invoice.id);
  const period = boundedPeriod(invoice, lines);
  if (!subscription || !period) return;
  for (const { id } of lines.filter(({ basis }) => basis?.spend)) changes.remove('invoiceLineItem', id);
  const late = { usage: lines, until: period.start, isBilled: true };
  const bounds = [...spendLines(changes, subscription, { period, billed: [] }), ...lateSpendLines(changes, subscription, late)];
  const position = (lines.at(-1)?.position ?? -1) + 1;
  bounds.forEach((content, index) => putLine(changes, invoice.id, position + index, { content, invoiceItem: null }));
}

/** The period that ends with this invoice; null if it continues, as after a threshold. */
function boundedPeriod({ billingReason, periodStart, periodEnd }: Invoice, lines: LineContent[]): Period | null {
  if (billingReason === 'subscription_cycle') return { start: periodStart, end: periodEnd };
  const bound = lines.find(({ basis }) => basis?.spend);
  return bound ? { start: bound.periodStart, end: bound.periodEnd } : null;
}
