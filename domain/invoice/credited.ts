/**
 * What credit notes have taken back of an invoice, and what is left. Everything that depends on earlier notes asks here: a further note, the
 * void of the invoice, and the explanation of its amounts.
 */
import type { Invoice } from '../rows/invoice';
import { issuedNotes } from '../line/issued-notes';
import { sumOf } from '../money/money';
import type { Rows } from '../rows/rows';

type Left = Pick<Invoice, 'total' | 'totalExcludingTax' | 'totalTaxes'>;

/** The amounts of the invoice, less those of its issued notes: an invoice of 1200 with 200 tax and a note of 120 has 1080 with 180 left. */
export function leftToCredit(rows: Rows, { id, total, totalExcludingTax, totalTaxes }: Invoice): Left {
  const notes = issuedNotes(rows, id);
  const credited = (rate: string, of: 'amount' | 'taxable_amount'): number =>
    sumOf(notes.flatMap((note) => note.totalTaxes.filter((tax) => tax.tax_rate === rate).map((tax) => tax[of] ?? 0)));
  return {
    total: total - sumOf(notes.map((note) => note.total)),
    totalExcludingTax: totalExcludingTax - sumOf(notes.map((note) => note.totalExcludingTax)),
    totalTaxes: totalTaxes.map((tax) => ({
      ...tax,
      amount: tax.amount - credited(tax.tax_rate, 'amount'),
      taxable_amount: tax.taxable_amount === null ? null : tax.taxable_amount - credited(tax.tax_rate, 'taxable_amount'),
    })),
  };
}

/** What refunds without a credit note have left of it, too. */
export function leftAfterRefunds(rows: Rows, invoice: Invoice): Left {
  const left = leftToCredit(rows, invoice);
  const { refundParts: parts } = invoice;
  const taxes = parts.flatMap((part) => part.totalTaxes);
  const taken = (rate: string, of: 'amount' | 'taxable_amount'): number =>
    sumOf(taxes.filter((tax) => tax.tax_rate === rate).map((tax) => tax[of] ?? 0));
  const amount = sumOf(parts.map((part) => part.amount));
  return {
    total: left.total - amount,
    totalExcludingTax: left.totalExcludingTax - amount + sumOf(taxes.map((tax) => tax.amount)),
    totalTaxes: left.totalTaxes.map((tax) => ({
      ...tax,
      amount: tax.amount - taken(tax.tax_rate, 'amount'),
      taxable_amount: tax.taxable_amount === null ? null : tax.taxable_amount - taken(tax.tax_rate, 'taxable_amount'),
    })),
  };
}

/** What the customer's balance paid of a final invoice; below zero, the debt that it added. Notes lower the amount due, not this. */
export const balanceUsed = ({ total, amountDue, prePaymentCreditNotesAmount }: Invoice): number =>
  total - amountDue - prePaymentCreditNotesAmount;
