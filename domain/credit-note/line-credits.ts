/** How much of an invoice's line has been credited, and what a part of the rest consists of: discounts, credits and taxes in proportion. */
import type { CreditNoteLineItem, LineAmounts } from '../rows/credit-note';
import type { InvoiceLineItem, TaxAmount } from '../rows/invoice';
import { issuedNotes } from '../line/issued-notes';
import { waivedOf } from '../line/taxes';
import { multiplyRatio, sumOf } from '../money/money';
import type { Rows } from '../rows/rows';

/** Whether an amount is between zero and `most`, which may be below zero. */
export const isWithin = (amount: number, most: number): boolean =>
  most < 0 ? amount <= 0 && amount >= most : amount >= 0 && amount <= most;

/** The lines of issued notes that credit this line. */
export function creditsOf(rows: Rows, { id, invoice }: InvoiceLineItem): CreditNoteLineItem[] {
  const issued = issuedNotes(rows, invoice).map((note) => note.id);
  return rows.where('creditNoteLineItem', (credit) => credit.invoiceLineItem === id && issued.includes(credit.creditNote));
}

/** The line less its earlier credits: never of the other sign. */
export const restOf = (rows: Rows, line: InvoiceLineItem): LineAmounts => lessCredits(line, creditsOf(rows, line));

export function lessCredits(line: InvoiceLineItem, credits: readonly LineAmounts[]): LineAmounts {
  const all = <T>(pick: (credit: LineAmounts) => T[]): T[] => credits.flatMap(pick);
  return {
    amount: line.amount - sumOf(credits.map((credit) => credit.amount)),
    discountAmounts: line.discountAmounts.map((one) =>
      less(
        one,
        all((credit) => credit.discountAmounts),
        'discount',
      ),
    ),
    creditAmounts: line.creditAmounts.map((one) =>
      less(
        one,
        all((credit) => credit.creditAmounts),
        'credit_balance_transaction',
      ),
    ),
    taxes: line.taxes.map((tax) =>
      lessTax(
        tax,
        all((credit) => credit.taxes),
      ),
    ),
  };
}

function less<T extends { amount: number }>(one: T, taken: T[], name: keyof T): T {
  return { ...one, amount: one.amount - sumOf(taken.filter((each) => each[name] === one[name]).map(({ amount }) => amount)) };
}

function lessTax(tax: TaxAmount, taken: TaxAmount[]): TaxAmount {
  const same = taken.filter((each) => each.tax_rate === tax.tax_rate);
  const taxable = sumOf(same.map((each) => each.taxable_amount ?? 0));
  const waived = tax.waived === undefined ? {} : { waived: tax.waived - sumOf(same.map(waivedOf)) };
  return { ...less(tax, same, 'tax_rate'), ...waived, taxable_amount: tax.taxable_amount === null ? null : tax.taxable_amount - taxable };
}

/**
 * `numerator` ÷ `denominator` of what is left, at most all of it. Each amount is rounded once, half away from zero, so that no part ever
 * exceeds its whole, and the last part takes exactly what is left.
 */
export function shareOf(rest: LineAmounts, numerator: number, denominator: number): LineAmounts {
  const part = <T extends { amount: number }>(one: T): T => ({ ...one, amount: multiplyRatio(one.amount, numerator, denominator) });
  return {
    amount: multiplyRatio(rest.amount, numerator, denominator),
    discountAmounts: rest.discountAmounts.map(part),
    creditAmounts: rest.creditAmounts.map(part),
    taxes: rest.taxes.map((tax) => ({
      ...part(tax),
      ...(tax.waived === undefined ? {} : { waived: multiplyRatio(tax.waived, numerator, denominator) }),
      taxable_amount: tax.taxable_amount === null ? null : multiplyRatio(tax.taxable_amount, numerator, denominator),
    })),
  };
}
