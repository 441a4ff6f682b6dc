/** Compares an invoice that Dunlin would have made with the one that the other system has made, line by line. */
import type { ComparedInvoice, ComparedLine, ShadowDifference, ShadowDifferenceKind, ShadowInvoice } from '../rows/shadow-invoice';
import type { SourceInvoice, SourceLine } from './source-objects';
import { idOrNull } from './source-parts';

/** The source's invoice in the same form. */
export function comparedInvoice(source: SourceInvoice): ComparedInvoice {
  return {
    id: source.id,
    subtotal: source.subtotal,
    discount: sum(source.total_discount_amounts),
    credit: sum((source.total_pretax_credit_amounts ?? []).filter(({ type }) => type === 'credit_balance_transaction')),
    tax: sum(source.total_taxes),
    total: source.total,
    lines: source.lines.data.map(comparedLine),
  };
}

function comparedLine(line: SourceLine): ComparedLine {
  const { subscription_item: item = null, proration = false } = partOf(line) ?? {};
  return {
    item,
    price: idOrNull(line.pricing?.price_details?.price),
    ...{ quantity: line.quantity, amount: line.amount, discount: sum(line.discount_amounts), tax: sum(line.taxes) },
    proration,
    ...{ periodStart: line.period.start, periodEnd: line.period.end },
  };
}

/** What a line is about: an item of the subscription, or an invoice item of its own. */
const partOf = ({ parent }: SourceLine) => parent?.subscription_item_details ?? parent?.invoice_item_details;

const sum = (amounts: readonly { amount: number }[] | null): number => (amounts ?? []).reduce((total, { amount }) => total + amount, 0);

/** Every way in which the two differ. Equal invoices have none. */
export function differencesBetween(ours: ComparedInvoice | null, theirs: ComparedInvoice | null): ShadowDifference[] {
  if (ours === null || theirs === null) return whole(ours, theirs);
  const left = [...theirs.lines];
  const lines = ours.lines.flatMap((line) => {
    const index = partnerOf(line, left);
    if (index < 0) return line.amount === 0 ? [] : [difference('missing_there', line, line.amount, null)];
    const [partner] = left.splice(index, 1);
    return partner ? waysToDiffer(line, partner) : [];
  });
  const missing = left.filter(({ amount }) => amount !== 0).map((line) => difference('missing_here', line, null, line.amount));
  const found = [...lines, ...missing];
  return found.length > 0 ? found : totalsOf(ours, theirs);
}

function whole(ours: ComparedInvoice | null, theirs: ComparedInvoice | null): ShadowDifference[] {
  // An invoice of nothing is made by one system and not by the other, and nobody owes it.
  if ((ours ?? theirs)?.total === 0) return [];
  const kind = theirs === null ? 'missing_there' : 'missing_here';
  return [{ kind, line: null, ours: ours?.total ?? null, theirs: theirs?.total ?? null }];
}

/** The line about the same thing: of the same item and the same kind, and if there are several, the one that agrees most. */
function partnerOf(line: ComparedLine, others: readonly ComparedLine[]): number {
  const scores = others.map((other) => (isAlike(line, other) ? 1 + agreements(line, other) : 0));
  const best = Math.max(0, ...scores);
  return best === 0 ? -1 : scores.indexOf(best);
}

const isAlike = (one: ComparedLine, other: ComparedLine): boolean =>
  one.price === other.price && (one.item === null || other.item === null || one.item === other.item);

const agreements = (one: ComparedLine, other: ComparedLine): number =>
  (['proration', 'amount', 'periodStart', 'periodEnd', 'quantity'] as const).filter((part) => one[part] === other[part]).length;

function waysToDiffer(ours: ComparedLine, theirs: ComparedLine): ShadowDifference[] {
  const ways: ShadowDifference[] = [];
  if (ours.proration !== theirs.proration) ways.push(difference('proration', ours, ours.amount, theirs.amount));
  if (ours.periodStart !== theirs.periodStart) ways.push(difference('period', ours, ours.periodStart, theirs.periodStart));
  else if (ours.periodEnd !== theirs.periodEnd) ways.push(difference('period', ours, ours.periodEnd, theirs.periodEnd));
  const counted = (line: ComparedLine): number => line.quantity ?? 1;
  if (counted(ours) !== counted(theirs)) ways.push(difference('quantity', ours, counted(ours), counted(theirs)));
  for (const part of ['amount', 'discount', 'tax'] as const) {
    if (ours[part] !== theirs[part]) ways.push(difference(orRounding(part, ours[part], theirs[part]), ours, ours[part], theirs[part]));
  }
  return ways;
}

/** One minor unit is a remainder that the two have given to different lines. */
const orRounding = (part: ShadowDifferenceKind, ours: number, theirs: number): ShadowDifferenceKind =>
  Math.abs(ours - theirs) <= 1 ? 'rounding' : part;

/** The lines are equal: what is left are sums that the invoice as a whole rounds. */
function totalsOf(ours: ComparedInvoice, theirs: ComparedInvoice): ShadowDifference[] {
  const parts = { amount: 'subtotal', discount: 'discount', credit: 'credit', tax: 'tax' } as const;
  const ways = Object.entries(parts).flatMap(([kind, part]) =>
    ours[part] === theirs[part]
      ? []
      : [{ kind: orRounding(kind as ShadowDifferenceKind, ours[part], theirs[part]), line: null, ours: ours[part], theirs: theirs[part] }],
  );
  if (ways.length > 0 || ours.total === theirs.total) return ways;
  return [{ kind: orRounding('amount', ours.total, theirs.total), line: null, ours: ours.total, theirs: theirs.total }];
}

function difference(kind: ShadowDifferenceKind, line: ComparedLine, ours: number | null, theirs: number | null): ShadowDifference {
  return { kind, line: line.item ?? line.price, ours, theirs };
}

const subscriptionOf = ({ parent }: SourceInvoice): string | null => idOrNull(parent?.subscription_details?.subscription);

/** The source's invoice of a cycle: the one of the subscription whose period has ended then. */
export function invoiceOfCycle(invoices: readonly SourceInvoice[], subscription: string, cycleAt: number): SourceInvoice | undefined {
  return invoices.find((invoice) => subscriptionOf(invoice) === subscription && invoice.period_end === cycleAt);
}

/** Invoices of the same subscriptions, since the first cycle that is compared, for which Dunlin would have made none. */
export function onlyTheirs(
  invoices: readonly SourceInvoice[],
  shadows: readonly ShadowInvoice[],
): { invoice: SourceInvoice; subscription: string }[] {
  return invoices.flatMap((invoice) => {
    const subscription = subscriptionOf(invoice);
    const own = shadows.filter((shadow) => shadow.subscription === subscription);
    const since = Math.min(...own.map(({ cycleAt }) => cycleAt));
    const isKnown = own.some(({ cycleAt }) => cycleAt === invoice.period_end);
    return subscription === null || isKnown || invoice.period_end < since ? [] : [{ invoice, subscription }];
  });
}
