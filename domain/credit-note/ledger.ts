/**
 * The ledger entries of a credit note. What was earned becomes contra revenue, what was not is deferred no longer, and the tax is not owed
 * any more. The other side is what is not due any more (receivable, or bad debt), or was given back. What was written off before it was earned is
 * neither revenue nor bad debt, so a note of it changes neither.
 */
import type { ChangeSet, Posted } from '../core/change-set';
import { entryOf, taxEntries } from '../invoice/ledger';
import { restoreUnearned } from '../invoice/revenue-recognition';
import { negate, sumOf } from '../money/money';
import type { CreditNote, CreditNoteLineItem } from '../rows/credit-note';
import type { Invoice } from '../rows/invoice';
import type { GivingBack } from './giving-back';

/** What an issued note has given back and taken off. */
export interface Issued extends GivingBack, Pick<Posted, 'schedules'> {
  /** What it takes of the revenue that was written off before it was earned. Minor units. */
  writtenOff: number;
}

/** `invoice` is as it was before the note. */
export function postIssued(
  changes: ChangeSet,
  note: CreditNote,
  invoice: Invoice,
  { refund, linked, credit, outOfBand, schedules, writtenOff }: Issued,
): void {
  const entry = entryOf(invoice);
  const deferred = sumOf(linesOfNote(changes, note).map((line) => line.deferred));
  const entries = [
    entry('credit_notes', note.totalExcludingTax - deferred - writtenOff),
    entry('deferred_revenue', deferred),
    ...taxEntries(changes, { ...invoice, totalTaxes: note.totalTaxes }, 1, { lines: linesOfNote(changes, note) }),
    entry(invoice.status === 'uncollectible' ? 'bad_debt' : 'receivable', negate(note.prePaymentAmount - writtenOff)),
    entry('refunds', negate(refund + sumOf(linked.map((link) => link.amount_refunded)))),
    entry('customer_balance', negate(credit)),
    entry('out_of_band_payments', negate(outOfBand - note.disputeAmount)),
    entry('dispute_losses', negate(note.disputeAmount)),
  ];
  changes.post('credit_note_issued', note.id, note.customer, { entries, schedules });
}

/** Only a note of an open invoice is voided, so nothing was given back. */
export function postVoided(changes: ChangeSet, note: CreditNote, invoice: Invoice): void {
  const entry = entryOf(invoice);
  const lines = linesOfNote(changes, note).filter((line) => line.deferred !== 0);
  const restored = lines.map((line) =>
    restoreUnearned(changes, changes.rows.get('invoiceLineItem', line.invoiceLineItem ?? ''), {
      amount: line.deferred,
      since: note.created,
    }),
  );
  const entries = [
    entry('credit_notes', sumOf(lines.map((line) => line.deferred)) - note.totalExcludingTax),
    ...restored.flatMap((line) => line.entries),
    ...taxEntries(changes, { ...invoice, totalTaxes: note.totalTaxes }, -1, { lines: linesOfNote(changes, note) }),
    entry('receivable', note.prePaymentAmount),
  ];
  const schedules = restored.flatMap((line) => line.schedules);
  changes.post('credit_note_voided', note.id, note.customer, { entries, schedules });
}

const linesOfNote = (changes: ChangeSet, { id }: CreditNote): CreditNoteLineItem[] =>
  changes.rows.where('creditNoteLineItem', (line) => line.creditNote === id);
