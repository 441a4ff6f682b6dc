/**
 * The minimum and maximum of a subscription's period, Dunlin's own. `minimum_commitment` adds a line for the difference if the period cost
 * less. `maximum_spend` takes off the amount by which usage exceeds it. Both count what the subscription's items were charged for the
 * period, in advance and in arrears, prorations included, before discounts and tax; additional purchases do not count. A partial period (a
 * first one up to its anchor, a last one) has a share of them by time.
 */
import type { Period } from '../money/billing-period';
import type { LineContent } from '../rows/invoice';
import type { LineBasis } from '../rows/line-basis';
import { BOUND_DESCRIPTIONS } from '../line/description';
import { multiplyRatio, sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { itemsOf, periodAt } from '../subscription-item/items';
import type { Subscription } from '../rows/subscription';

/** `billed`: lines that are about to be billed with it, including the period's usage. */
export function spendLines(
  changes: ChangeSet,
  subscription: Subscription,
  { period, billed }: { period: Period; billed: LineContent[] },
): LineContent[] {
  const { minimumCommitment, maximumSpend } = subscription;
  if (minimumCommitment === null && maximumSpend === null) return [];
  const whole = wholePeriod(changes.rows, subscription, period);
  const lines = [...linesOn(changes.rows), ...billed].filter((each) => countsIn(each, subscription, period, whole));
  const spent = sumOf(lines.map((each) => each.amount));
  const usage = sumOf(lines.filter((each) => each.basis?.usage).map((each) => each.amount));
  const { least, most } = boundsOf(subscription, period, whole);
  if (spent < least)
    return [boundLine(subscription, period, { rule: 'minimum_commitment', full: least - spent, spend: { bound: least, spent } })];
  const over = Math.min(spent - most, usage);
  return over > 0 ? [boundLine(subscription, period, { rule: 'maximum_spend', full: -over, spend: { bound: most, spent } })] : [];
}

/** The minimum and maximum of a part of a whole period. */
export function boundsOf({ minimumCommitment, maximumSpend }: Subscription, part: Period, whole: Period): { least: number; most: number } {
  const bounded = (bound: number) => multiplyRatio(bound, part.end - part.start, whole.end - whole.start);
  return { least: bounded(minimumCommitment ?? 0), most: maximumSpend === null ? Infinity : bounded(maximumSpend) };
}

/** The period of the grid that this period equals or is a part of. All items have one interval; otherwise a bound would have no period. */
export function wholePeriod(rows: Rows, subscription: Subscription, period: Period): Period {
  const [item] = itemsOf(rows, subscription.id);
  return item ? periodAt(rows, subscription, item, period.start) : period;
}

/** Lines of invoices, and pending items. */
export function linesOn(rows: Rows): LineContent[] {
  const lines = rows.where('invoiceLineItem', (each) => rows.find('invoice', each.invoice)?.status !== 'void');
  return [...lines, ...rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted)];
}

/** Whether a line charges or credits an item for time in the period. The lines of the bounds themselves do not count. */
function countsIn(line: LineContent, { id }: Subscription, period: Period, whole: Period): boolean {
  if (line.subscription !== id || line.subscriptionItem === null || isOfOtherCycle(line, period, whole)) return false;
  return line.periodStart >= period.start && line.periodEnd <= whole.end;
}

/** The credit of a restarted cycle belongs to the period that the restart has shortened, and its charge to the new period. */
export function isOfOtherCycle({ basis, proration, periodStart, periodEnd }: LineContent, period: Period, whole: Period): boolean {
  if (basis?.credit) return periodStart === period.start && periodEnd !== period.end && periodEnd !== whole.end;
  return !proration && periodStart >= period.end;
}

/** A line for `full` less what earlier lines have added or taken off for the same bound. */
export function boundLine(
  subscription: Subscription,
  period: Period,
  basis: { rule: 'minimum_commitment' | 'maximum_spend'; full: number; spend: NonNullable<LineBasis['spend']> },
): LineContent {
  const amount = basis.full - (basis.spend.billed_before ?? 0);
  return {
    amount,
    currency: subscription.currency,
    description: BOUND_DESCRIPTIONS[basis.rule],
    quantity: 1,
    discountable: true,
    discounts: [],
    taxRates: [],
    price: null,
    product: null,
    unitAmountDecimal: String(amount),
    taxBehavior: null,
    taxCode: null,
    subscription: subscription.id,
    subscriptionItem: null,
    proration: false,
    prorationDetails: null,
    basis,
    periodStart: period.start,
    periodEnd: period.end,
    metadata: {},
  };
}
