/**
 * The tax of a credit whose charge is still on a draft. A credit takes back the tax of its charge, and a draft's tax is an estimate: until
 * the charge is final, its credit is taxed by the terms of today, as the charge would be.
 */
import type { ChangeSet } from '../core/change-set';
import type { Customer } from '../rows/customer';
import type { Invoice, InvoiceItem, InvoiceLineItem, LineContent } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { exemptionIn } from './taxes';

type TaxTermsOfLine = Pick<LineContent, 'taxRates' | 'basis'>;

/** Whether a credit's own rates are an estimate: those of a draft that nobody has paid. */
export function isEstimated(rows: Rows, { basis }: LineContent): boolean {
  return basis?.taxed !== undefined && draftOf(rows, basis.debited) !== null;
}

/** The terms by which a credit with estimated rates is taxed today. With automatic tax it is taxed as a sale; it has no rates of its own. */
export function termsToday(
  rows: Rows,
  { basis, taxRates }: LineContent,
  { taxExempt, isAutomatic }: { taxExempt: Customer['taxExempt']; isAutomatic: boolean },
): TaxTermsOfLine {
  const found = draftOf(rows, basis?.debited);
  // One of the two invoices has automatic tax and the other has rates: the estimate is all that is known.
  if (!basis || !found || found.draft.automaticTax.enabled !== isAutomatic) return { basis, taxRates };
  if (isAutomatic) return { taxRates: [], basis: without(basis) };
  const { charge, draft } = found;
  return { taxRates: charge.taxRates.length > 0 ? charge.taxRates : draft.defaultTaxRates, basis: { ...basis, taxed: taxExempt } };
}

/** A charge has become final with its invoice: credits that wait, or that are on drafts, take back its final tax. */
export function settleCredits(changes: ChangeSet, invoice: string): void {
  const { rows } = changes;
  const isOf = ({ basis }: LineContent) => basis?.taxed !== undefined && basis.debited?.invoice === invoice;
  for (const item of rows.where('invoiceItem', (each) => isOf(each) && each.invoice === null && !each.deleted)) {
    const terms = finalTerms(rows, item);
    if (terms) changes.patch('invoiceItem', item.id, terms);
  }
  const isDraft = (line: InvoiceLineItem) => rows.find('invoice', line.invoice)?.status === 'draft';
  for (const line of rows.where('invoiceLineItem', (each) => isOf(each) && isDraft(each))) {
    const terms = finalTerms(rows, line);
    if (terms) changes.patch('invoiceLineItem', line.id, terms);
  }
}

/** The terms by which a charge was taxed, as its credit keeps them. */
export function termsOfTaxes({ basis }: LineContent, taxes: InvoiceLineItem['taxes']): TaxTermsOfLine {
  return { taxRates: taxes.map((tax) => tax.tax_rate), basis: basis && { ...basis, taxed: exemptionIn(taxes) } };
}

function finalTerms(rows: Rows, credit: InvoiceItem | InvoiceLineItem): TaxTermsOfLine | null {
  const charge = rows.find('invoiceLineItem', credit.basis?.debited?.lines[0] ?? null);
  return charge ? termsOfTaxes(credit, charge.taxes) : null;
}

/** The charge that is given back and its invoice, if that is a draft. A first invoice that was charged as a draft has its final tax. */
function draftOf(rows: Rows, debited: NonNullable<LineContent['basis']>['debited']): { charge: InvoiceLineItem; draft: Invoice } | null {
  const charge = rows.find('invoiceLineItem', debited?.lines[0] ?? null);
  const draft = rows.find('invoice', charge?.invoice ?? null);
  return charge && draft?.status === 'draft' && draft.paymentIntent === null ? { charge, draft } : null;
}

function without(basis: NonNullable<LineContent['basis']>): LineContent['basis'] {
  const rest = { ...basis };
  delete rest.taxed;
  return rest;
}
