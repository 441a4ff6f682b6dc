/**
 * The minimum or maximum of a past period when more usage arrives for it. With a maximum of 1200, 2000 were billed with -800; 100 more, a
 * month later, are billed with -100. With a minimum of 3000, 2000 were billed with +1000; 100 more are billed with -100.
 */
import type { Period } from '../money/billing-period';
import type { InvoiceLineItem, LineContent } from '../rows/invoice';
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { boundLine, spendLines, wholePeriod } from './spend-bounds';
import type { Subscription } from '../rows/subscription';

/** The last line for a period's bound. The next line builds on its numbers. */
type Settled = Pick<InvoiceLineItem, 'periodStart' | 'periodEnd'> & {
  basis: NonNullable<LineContent['basis']> & { spend: NonNullable<NonNullable<LineContent['basis']>['spend']> };
};

/** The lines that late usage adds for the bounds of periods that ended by `until`. `isBilled`: the usage is on an invoice already. */
export function lateSpendLines(
  changes: ChangeSet,
  subscription: Subscription,
  { usage, until, isBilled }: { usage: LineContent[]; until: number; isBilled: boolean },
): LineContent[] {
  const late = usage.filter(({ basis }) => basis?.usage && basis.usage.to <= until);
  const periods = late.map((line) => periodOf(changes.rows, subscription, line));
  const bounds = new Map(periods.flatMap((period) => (period ? [[period.start, period]] : [])));
  return [...bounds.values()].flatMap((bounded) => {
    const lines = late.filter((_, index) => periods[index]?.start === bounded.start);
    const settled = settledOf(changes.rows, subscription, bounded);
    if (settled) return again(subscription, settled, lines);
    // The period had reached its minimum, and late usage only adds. So only its maximum can apply now.
    return spendLines(changes, { ...subscription, minimumCommitment: null }, { period: bounded, billed: isBilled ? [] : lines });
  });
}

/** The bounded period that contains a span: the period of a bound's line, else one of the running cycle. */
function periodOf(rows: Rows, subscription: Subscription, { periodStart: from, basis }: LineContent): Period | null {
  const to = basis?.usage?.to ?? from;
  const named = settledLines(rows, subscription).find((line) => line.periodStart <= from && to <= line.periodEnd);
  if (named) return { start: named.periodStart, end: named.periodEnd };
  if (subscription.maximumSpend === null || from < subscription.billingCycleAnchor) return null;
  return wholePeriod(rows, subscription, { start: from, end: to });
}

function settledOf(rows: Rows, subscription: Subscription, { start, end }: Period): Settled | undefined {
  return settledLines(rows, subscription)
    .filter((line) => line.periodStart === start && line.periodEnd === end)
    .at(-1);
}

function settledLines(rows: Rows, { id }: Subscription): Settled[] {
  const isOwn = (line: InvoiceLineItem) => line.subscription === id && line.basis?.spend !== undefined;
  const lines = rows.where('invoiceLineItem', (line) => isOwn(line) && rows.find('invoice', line.invoice)?.status !== 'void');
  return lines.sort((a, b) => a.created - b.created) as (InvoiceLineItem & Settled)[];
}

function again(subscription: Subscription, { periodStart, periodEnd, basis }: Settled, late: LineContent[]): LineContent[] {
  const { bound, spent: before } = basis.spend;
  const amount = sumOf(late.map((line) => line.amount));
  const spent = before + amount;
  const isMinimum = basis.rule === 'minimum_commitment';
  // Never credit more than the usage itself. If the earlier credit was smaller than the excess, it already covered all usage.
  const usage = -basis.full < before - bound ? amount - basis.full : Infinity;
  const full = isMinimum ? Math.max(0, bound - spent) : -Math.max(0, Math.min(spent - bound, usage));
  if (full === basis.full) return [];
  const rule = isMinimum ? 'minimum_commitment' : 'maximum_spend';
  return [
    boundLine(subscription, { start: periodStart, end: periodEnd }, { rule, full, spend: { bound, spent, billed_before: basis.full } }),
  ];
}
