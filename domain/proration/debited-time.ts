/**
 * The debits for an item's time that are still in effect. Flexible billing mode gives these back. A debit is in effect for its span until a
 * credit or a later debit of the same time replaces it: of 3000 for April and 4500 from the 16th on, 3000 stays in effect up to the 16th
 * and 4500 from there. What credit notes gave back of a debit is not given back again: of 3000 with a note of 1000, 2000 are in effect.
 */
import type { Period } from '../money/billing-period';
import type { InvoiceItem, InvoiceLineItem } from '../rows/invoice';
import { amountAfterDiscounts } from '../line/discounts';
import { exemptionIn } from '../line/taxes';
import { sumOf } from '../money/money';
import type { DebitedPeriod, ItemProration } from './proration';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';

type Row = InvoiceLineItem | InvoiceItem;

/**
 * What a change of the item at `at` gives back: the debits in flexible billing mode; in classic the present price, with the tax of its debit.
 * Classic mode credits time whose invoice was voided, too. That credit has the tax of the void invoice, and not that of today.
 */
export function givenBack(
  rows: Rows,
  { billingMode }: Subscription,
  { item, at }: { item: SubscriptionItem | null; at: number },
): Pick<ItemProration, 'debited' | 'charged'> {
  if (!item) return { debited: null, charged: null };
  const span = { start: item.currentPeriodStart, end: item.currentPeriodEnd };
  const debited = debitedTime(rows, item, rowsOf(rows, item), span);
  if (billingMode.type === 'flexible') return { debited, charged: null };
  const charged = lastingAt(debited, at) ?? lastingAt(debitedTime(rows, item, rowsOf(rows, item, 'void'), span), at);
  return { debited: null, charged };
}

const lastingAt = (debits: readonly DebitedPeriod[], at: number): DebitedPeriod | null =>
  debits.find(({ inEffect }) => inEffect.end > at) ?? null;

/** The debits within `span` of an item and its rows, in order of time: invoice lines, net of discounts, and pending prorations. */
function debitedTime(rows: Rows, item: SubscriptionItem, own: readonly Row[], span: Period): DebitedPeriod[] {
  const debits = own.reduce<DebitedPeriod[]>(
    (before, row) => {
      const left = without(before, { start: row.periodStart, end: row.periodEnd });
      return isCredit(row) ? left : [...left, debitOf(rows, row)];
    },
    debitsElsewhere(rows, item),
  );
  return debits.flatMap((debit) => part(debit, span)).sort((a, b) => a.inEffect.start - b.inEffect.start);
}

/** Those of another system are older than all of ours. */
const debitsElsewhere = (rows: Rows, { id, subscription, taxRates }: SubscriptionItem): DebitedPeriod[] =>
  rows
    .get('subscription', subscription)
    .billedElsewhere.filter(({ item }) => item === id)
    .map(({ amount, net, start, end }) => {
      const period = { start, end };
      return { amount, period, inEffect: period, invoice: '', lines: [], isNet: net, taxRates, taxed: null };
    });

/** The parts of `span` without a debit. */
export function undebitedTime(rows: Rows, item: SubscriptionItem, span: Period): Period[] {
  return debitedTime(rows, item, rowsOf(rows, item), span).reduce<Period[]>(
    (open, { inEffect }) => open.flatMap((each) => minus(each, inEffect)),
    [span],
  );
}

/**
 * The item's rows in order of creation: those that are owed, or those of void invoices. Excluded are a change that waits for its payment,
 * because it is not owed, and usage, which pays for no time.
 */
function rowsOf(rows: Rows, item: SubscriptionItem, which: 'owed' | 'void' = 'owed'): Row[] {
  const unpaid = rows.get('subscription', item.subscription).pendingUpdate?.invoice;
  const isOwn = (row: Row) => row.subscriptionItem === item.id && !row.basis?.usage && row.periodStart < row.periodEnd;
  const isAsked = ({ invoice }: InvoiceLineItem) =>
    invoice !== unpaid && (rows.find('invoice', invoice)?.status === 'void') === (which === 'void');
  const lines = rows.where('invoiceLineItem', (line) => isOwn(line) && isAsked(line));
  if (which === 'void') return lines.sort((a, b) => a.created - b.created);
  const waiting = rows.where('invoiceItem', (pending) => isOwn(pending) && pending.invoice === null && !pending.deleted);
  return [...lines, ...waiting].sort((a, b) => a.created - b.created);
}

const isCredit = ({ amount, basis }: Row): boolean => amount < 0 || basis?.credit === true;

function debitOf(rows: Rows, row: Row): DebitedPeriod {
  const period = { start: row.periodStart, end: row.periodEnd };
  if (!('position' in row))
    return { amount: row.amount, period, inEffect: period, invoice: '', lines: [], isNet: false, taxRates: row.taxRates, taxed: null };
  const taxRates = row.taxes.map((tax) => tax.tax_rate);
  const amount = amountAfterDiscounts(row) - creditedOf(rows, row.id);
  const debit = { amount, period, inEffect: period, invoice: row.invoice, lines: [row.id], isNet: true };
  return { ...debit, taxRates, taxed: exemptionIn(row.taxes) };
}

/** What issued credit notes took back of an invoice line, net of discounts as the line is. */
function creditedOf(rows: Rows, line: string): number {
  const credited = rows.where(
    'creditNoteLineItem',
    ({ invoiceLineItem, creditNote }) => invoiceLineItem === line && rows.find('creditNote', creditNote)?.status === 'issued',
  );
  return sumOf(credited.map(amountAfterDiscounts));
}

function without(debits: DebitedPeriod[], replaced: Period): DebitedPeriod[] {
  return debits.flatMap((debit) => minus(debit.inEffect, replaced).map((inEffect) => ({ ...debit, inEffect })));
}

function part(debit: DebitedPeriod, span: Period): DebitedPeriod[] {
  const inEffect = { start: Math.max(debit.inEffect.start, span.start), end: Math.min(debit.inEffect.end, span.end) };
  return inEffect.start < inEffect.end ? [{ ...debit, inEffect }] : [];
}

/** The parts of a span before and after another. */
function minus(span: Period, removed: Period): Period[] {
  const before = { start: span.start, end: Math.min(span.end, removed.start) };
  const after = { start: Math.max(span.start, removed.end), end: span.end };
  if (removed.end <= span.start || removed.start >= span.end) return [span];
  return [before, after].filter(({ start, end }) => start < end);
}
