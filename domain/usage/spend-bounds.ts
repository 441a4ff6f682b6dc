/**
 * The least and the most that a period of a subscription comes to, Dunlin's own: `minimum_commitment` is made up for by a line
 * where the period came to less, `maximum_spend` takes off what usage brought it to above that. Both count what the
 * subscription's items were charged for the period, in advance and in arrears, prorations included, before discounts and tax;
 * what was bought beside it does not count. For a part of a period (a first one up to its anchor, a last one) they are shares of it
 * by time.
 */
import type { Period } from '../money/billing-period';
import type { LineContent } from '../rows/invoice';
import type { LineBasis } from '../rows/line-basis';
import { multiplyRatio, sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { itemsOf, periodAt } from '../subscription-item/items';
import type { Subscription } from '../rows/subscription';

/** `billed`: lines that are about to be billed with it, the period's usage among them. */
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

/** What a part of a whole period comes to at least and at most. */
export function boundsOf({ minimumCommitment, maximumSpend }: Subscription, part: Period, whole: Period): { least: number; most: number } {
  const bounded = (bound: number) => multiplyRatio(bound, part.end - part.start, whole.end - whole.start);
  return { least: bounded(minimumCommitment ?? 0), most: maximumSpend === null ? Infinity : bounded(maximumSpend) };
}

/** The grid's period that this is, or is a part of. All items have one interval, or a bound would have no period. */
export function wholePeriod(rows: Rows, subscription: Subscription, period: Period): Period {
  const [item] = itemsOf(rows, subscription.id);
  return item ? periodAt(rows, subscription, item, period.start) : period;
}

/** Lines of invoices and what waits for one. */
export function linesOn(rows: Rows): LineContent[] {
  const lines = rows.where('invoiceLineItem', (each) => rows.find('invoice', each.invoice)?.status !== 'void');
  return [...lines, ...rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted)];
}

/** What an item was charged or credited for time in the period. A bound's own line is none of it. */
function countsIn(line: LineContent, { id }: Subscription, period: Period, whole: Period): boolean {
  if (line.subscription !== id || line.subscriptionItem === null || isOfOtherCycle(line, period, whole)) return false;
  return line.periodStart >= period.start && line.periodEnd <= whole.end;
}

/** What a new cycle gives back belongs to the period that it has cut short, and what it charges to its own. */
export function isOfOtherCycle({ basis, proration, periodStart, periodEnd }: LineContent, period: Period, whole: Period): boolean {
  if (basis?.credit) return periodStart === period.start && periodEnd !== period.end && periodEnd !== whole.end;
  return !proration && periodStart >= period.end;
}

const DESCRIPTIONS = { minimum_commitment: 'Minimum commitment', maximum_spend: 'Maximum spend reached' };

/** `full` less what was made of the same bound before. */
export function boundLine(
  subscription: Subscription,
  period: Period,
  basis: { rule: 'minimum_commitment' | 'maximum_spend'; full: number; spend: NonNullable<LineBasis['spend']> },
): LineContent {
  const amount = basis.full - (basis.spend.billed_before ?? 0);
  return {
    amount,
    currency: subscription.currency,
    description: DESCRIPTIONS[basis.rule],
    quantity: 1,
    discountable: true,
    discounts: [],
    taxRates: [],
    price: null,
    product: null,
    unitAmountDecimal: String(amount),
    taxBehavior: null,
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
