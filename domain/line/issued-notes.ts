/** The credit notes of an invoice that count. */
import type { CreditNote } from '../rows/credit-note';
import type { Invoice } from '../rows/invoice';
import { sumOf } from '../money/money';
import type { Rows } from '../rows/rows';

/** The notes of an invoice that were not voided. */
export const issuedNotes = (rows: Rows, invoice: string): CreditNote[] =>
  rows.where('creditNote', (note) => note.invoice === invoice && note.status === 'issued');

/** Whether notes have taken back all of a final invoice. What takes its place then does not make it void. */
export const isCreditedWhole = (rows: Rows, { id, total }: Invoice): boolean =>
  total > 0 && sumOf(issuedNotes(rows, id).map((note) => note.total)) === total;
