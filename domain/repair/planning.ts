/**
 * Corrects one invoice. If a credit note for a part of its lines leaves exactly what it should have said, that is all: of 10 seats at 1500
 * instead of 1200, a note of 3000. Otherwise a note takes back the whole invoice, and a new one says what is right. What the new one needs of
 * the money that was paid stays as credit on the customer's balance, so that only the difference moves.
 */
import { draftReplacement } from '../collection/revision';
import { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { issueCreditNote } from '../credit-note/issuing';
import type { CreditNoteLineParameters, CreditNoteParameters } from '../credit-note/parameters';
import { isWithin } from '../credit-note/line-credits';
import { lineContentOf, linesOf } from '../line/draft';
import { issuedNotes } from '../line/issued-notes';
import { waivedOf } from '../line/taxes';
import { chargeWithin } from '../money/charge-steps';
import type { CreditNoteTotals } from '../rows/credit-note';
import type { Invoice, InvoiceLineItem, LineContent, TaxAmount } from '../rows/invoice';
import type { RepairTerms, WayToGiveBack } from '../rows/repair';
import type { Rows } from '../rows/rows';
import { correctedLines, isRepricing, uncorrectable, type CorrectedLines } from './correction';

/** What the correction of one invoice does. Minor units. */
export interface RepairPlan {
  says: number;
  wouldSay: number;
  /** The total of the credit note. */
  note: number;
  /** The total of the new invoice; null if there is none. */
  invoice: number | null;
}

/**
 * Plans the correction. Nothing is planned if the invoice says what it should.
 *
 * @throws BillingError invoice_not_editable: it cannot be corrected by rule; and those of a credit note
 */
export function planRepair(changes: ChangeSet, invoiceId: string, terms: RepairTerms): RepairPlan | null {
  const original = changes.rows.get('invoice', invoiceId);
  refuseUncorrectable(changes.rows, original);
  const corrected = correctedLines(changes.rows, original, linesOf(changes.rows, invoiceId), terms);
  refuseOtherTax(changes, original, corrected, terms);
  const right = recalculated(changes, original, corrected);
  if (right.invoice.total < 0) throw uncorrectable(original, 'it would be below zero');
  const owed = right.invoice.total;
  if (isSame(original, right.invoice)) return null;
  const result = { says: original.total, wouldSay: owed };
  const part = partialNote(changes, original, right, terms.giveBack);
  if (part !== null) {
    issueCreditNote(changes, invoiceId, part);
    return { ...result, note: original.total - owed, invoice: null };
  }
  issueCreditNote(changes, invoiceId, wholeNote(original, owed, terms.giveBack));
  if (owed === 0) return { ...result, note: original.total, invoice: null };
  billAgain(changes, original, corrected);
  return { ...result, note: original.total, invoice: owed };
}

/** What an invoice says now: it is corrected only while this is as it was in the dry run. */
export function versionOf(rows: Rows, { id, status, total, amountDue, amountPaid, amountRemaining, refundParts }: Invoice): string {
  const notes = rows.where('creditNote', (note) => note.invoice === id).map((note) => `${note.id} ${note.status}`);
  return [status, total, amountDue, amountPaid, amountRemaining, refundParts.length, ...notes.toSorted()].join('/');
}

/** The invoice is not as it was in the dry run. */
export class InvoiceChanged extends BillingError {
  constructor(invoice: string) {
    super('invoice_not_editable', `Invoice ${invoice} has changed since the repair was prepared.`);
  }
}

/** @throws InvoiceChanged; and as `planRepair` */
export function repairInvoice(changes: ChangeSet, invoiceId: string, { version, ...terms }: RepairTerms & { version: string }): void {
  const original = changes.rows.get('invoice', invoiceId);
  if (versionOf(changes.rows, original) !== version) throw new InvoiceChanged(invoiceId);
  planRepair(changes, invoiceId, terms);
  wakeOwner(changes, changes.rows.get('invoice', invoiceId));
}

function refuseUncorrectable(rows: Rows, invoice: Invoice): void {
  const { id, status, customer, total, totalCreditAmounts, refundParts } = invoice;
  if (status !== 'open' && status !== 'paid') throw uncorrectable(invoice, `it is ${status}`);
  if (total <= 0) throw uncorrectable(invoice, 'it has nothing that could be credited');
  if (issuedNotes(rows, id).length > 0) throw uncorrectable(invoice, 'it has a credit note');
  if (refundParts.length > 0) throw uncorrectable(invoice, 'a part of it was refunded, or lost in a dispute');
  if (totalCreditAmounts.length > 0) throw uncorrectable(invoice, 'credit grants have paid a part of it');
  if (rows.find('creditPurchase', id)) throw uncorrectable(invoice, 'it sells credit');
  if (rows.get('customer', customer).deleted) throw uncorrectable(invoice, 'its customer is deleted');
}

/** With automatic tax, another price may change the amount of the tax, but not the tax itself: the customer may live elsewhere today. */
function refuseOtherTax(changes: ChangeSet, original: Invoice, { isAutomatic }: CorrectedLines, { correction }: RepairTerms): void {
  if (!isAutomatic || !isRepricing(correction)) return;
  const lines = linesOf(changes.rows, original.id).map(lineContentOf);
  if (isSame(original, recalculated(changes, original, { lines, isAutomatic }).invoice)) return;
  throw uncorrectable(original, 'its tax would not be the same today. Recalculate its tax first');
}

interface Recalculated {
  invoice: Invoice;
  lines: InvoiceLineItem[];
}

/** The invoice as it should have been, in a change set that is thrown away. */
function recalculated(changes: ChangeSet, original: Invoice, { lines, isAutomatic }: CorrectedLines): Recalculated {
  const trial = new ChangeSet(changes.rows, changes.context);
  const { id } = draftReplacement(trial, original, { lines, automaticTax: isAutomatic, finalizesAt: null, changes: {} });
  return { invoice: trial.rows.get('invoice', id), lines: linesOf(trial.rows, id) };
}

type Totals = Pick<CreditNoteTotals, 'total' | 'totalExcludingTax' | 'totalTaxes'>;

const taxesOf = (totals: readonly TaxAmount[]): string =>
  totals
    .filter(({ amount }) => amount !== 0)
    .map((tax) => `${tax.tax_rate} ${String(tax.amount)}`)
    .toSorted()
    .join();

const isSame = (one: Totals, other: Totals): boolean =>
  one.total === other.total && one.totalExcludingTax === other.totalExcludingTax && taxesOf(one.totalTaxes) === taxesOf(other.totalTaxes);

/** The note for the lines that were too high; null unless it leaves exactly the right amount and the right taxes. */
function partialNote(changes: ChangeSet, original: Invoice, right: Recalculated, giveBack: WayToGiveBack): CreditNoteParameters | null {
  const lines = linesOf(changes.rows, original.id);
  const credited = lines.map((line, index) => creditOf(line, right.lines[index]));
  if (credited.includes(null) || right.invoice.total >= original.total) return null;
  const asked = credited.filter((line) => line !== null).filter((line) => line.amount !== 0);
  if (asked.length === 0) return null;
  const by = original.total - right.invoice.total;
  const paid = by - Math.min(by, original.amountRemaining);
  const params = { invoice: original.id, lines: asked, ...givingBack(original, giveBack, { keep: 0, give: paid }) };
  return leaves(changes, params, original, right.invoice) ? params : null;
}

/** Null: the line was too low. */
function creditOf(line: InvoiceLineItem, right: (LineContent & { taxes: TaxAmount[] }) | undefined): CreditNoteLineParameters | null {
  if (!right) return null;
  const amount = line.amount - right.amount;
  if (!isWithin(amount, line.amount)) return null;
  const of = { type: 'invoice_line_item', invoice_line_item: line.id, amount } as const;
  const taxes = line.taxes.map((tax) => ({ tax, less: right.taxes.find((each) => each.tax_rate === tax.tax_rate) }));
  if (taxes.length === 0 || taxes.some(({ tax }) => waivedOf(tax) !== 0)) return of;
  return {
    ...of,
    tax_amounts: taxes.map(({ tax, less }) => ({
      tax_rate: tax.tax_rate,
      amount: Math.abs(tax.amount - (less?.amount ?? 0)),
      taxable_amount: (tax.taxable_amount ?? 0) - (less?.taxable_amount ?? 0),
    })),
  };
}

function leaves(changes: ChangeSet, params: CreditNoteParameters, original: Invoice, right: Totals): boolean {
  const trial = new ChangeSet(changes.rows, changes.context);
  const given = params.refund_amount ?? 0;
  // Whether the money can be given back is decided later.
  const asked = { ...params, refund_amount: 0, out_of_band_amount: (params.out_of_band_amount ?? 0) + given };
  try {
    const note = trial.rows.get('creditNote', issueCreditNote(trial, original.id, asked));
    const left = original.totalTaxes.map((tax) => ({
      ...tax,
      amount: tax.amount - (note.totalTaxes.find((each) => each.tax_rate === tax.tax_rate)?.amount ?? 0),
    }));
    return isSame(
      { total: original.total - note.total, totalExcludingTax: original.totalExcludingTax - note.totalExcludingTax, totalTaxes: left },
      right,
    );
  } catch (error) {
    if (error instanceof BillingError) return false;
    throw error;
  }
}

/** Takes back everything. The new invoice is paid with what stays on the balance. */
function wholeNote(original: Invoice, owed: number, giveBack: WayToGiveBack): CreditNoteParameters {
  const paid = original.total - Math.min(original.total, original.amountRemaining);
  const keep = Math.min(owed, paid);
  return { invoice: original.id, amount: original.total, ...givingBack(original, giveBack, { keep, give: paid - keep }) };
}

/** @param amounts what stays as credit for the new invoice, and what is given back. What no refund can have of that stays as credit, too. */
function givingBack(
  { currency }: Invoice,
  way: WayToGiveBack,
  { keep, give }: { keep: number; give: number },
): Partial<CreditNoteParameters> {
  if (way === 'customer_balance') return { credit_amount: keep + give };
  if (way === 'out_of_band') return { credit_amount: keep, out_of_band_amount: give };
  const refund = chargeWithin(give, currency);
  return { credit_amount: keep + give - refund, refund_amount: refund };
}

/** The new invoice belongs where the original does. Its owner makes it final now, and collects it. */
function billAgain(changes: ChangeSet, original: Invoice, { lines, isAutomatic }: CorrectedLines): void {
  const { subscription, subscriptionMetadata } = original;
  const invoice = draftReplacement(changes, original, {
    lines,
    automaticTax: isAutomatic,
    finalizesAt: changes.now,
    changes: { subscription, subscriptionMetadata, billingReason: 'manual' },
  });
  wakeOwner(changes, invoice);
}

/** The workflow that acts on the invoice reads its rows now. */
function wakeOwner(changes: ChangeSet, invoice: Invoice): void {
  const { id, status } = invoice;
  const subscription = changes.rows.find('subscription', invoice.subscription);
  const isLiving = subscription !== undefined && subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired';
  if (changes.rows.find('dunning', id)?.status === 'running') changes.wake('dunning', id, invoice);
  if (isLiving) changes.wake('subscription', subscription.id, invoice);
  else if (status === 'draft' || status === 'open') changes.wake('invoice', id, invoice);
}
