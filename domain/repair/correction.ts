/**
 * What the lines of an invoice should have been. A price is rated again for the quantity of each line: 10 seats at 1200 instead of 1500 are
 * 12000. A part of a period stays the same part.
 */
import { BillingError } from '../core/errors';
import { lineContentOf } from '../line/draft';
import { exemptionIn } from '../line/taxes';
import { creditOf, partOf, rate, whole, type Charged, type RatedPrice } from '../price/rating';
import type { Customer } from '../rows/customer';
import type { Invoice, InvoiceLineItem, LineContent } from '../rows/invoice';
import type { LineBasis, LineRule } from '../rows/line-basis';
import { priceIn, type Price } from '../rows/price';
import type { Correction, RepairTerms } from '../rows/repair';
import type { Rows } from '../rows/rows';

/** The lines as they should have been, and whether automatic tax calculates them. */
export interface CorrectedLines {
  lines: LineContent[];
  isAutomatic: boolean;
}

/** @throws BillingError invoice_not_editable: a line cannot be corrected by rule */
export function correctedLines(rows: Rows, invoice: Invoice, lines: readonly InvoiceLineItem[], terms: RepairTerms): CorrectedLines {
  const { correction, selection } = terms;
  const isAutomatic = invoice.automaticTax.enabled && (correction.recalculate_tax || isRepricing(correction));
  if (correction.recalculate_tax && !isAutomatic) throw uncorrectable(invoice, 'it has no automatic tax that could be calculated again');
  if (!isAutomatic && isTaxedElsewhere(rows, invoice)) {
    throw uncorrectable(invoice, 'a tax provider has calculated its tax. Correct the customer there, and recalculate the tax');
  }
  const price = isRepricing(correction) ? priceOf(rows, invoice, terms) : null;
  return {
    isAutomatic,
    lines: lines.map((line) => {
      const content = price !== null && line.price === selection.price ? repriced(line, price) : lineContentOf(line);
      return isAutomatic ? content : { ...content, ...taxTermsOf(line, content, terms) };
    }),
  };
}

function isTaxedElsewhere(rows: Rows, { id }: Invoice): boolean {
  const provider = rows.find('taxCalculation', id)?.provider ?? 'rates';
  return provider !== 'rates' && provider !== 'dunlin';
}

export const isRepricing = ({ price, unit_amount_decimal: amount }: Correction): boolean => price !== null || amount !== null;

type LinePrice = RatedPrice & Pick<Price, 'id' | 'product' | 'taxBehavior'>;

/** The price that should have been billed, in the invoice's currency. */
function priceOf(rows: Rows, { currency }: Invoice, { correction, selection }: RepairTerms): LinePrice {
  const price = priceIn(rows.get('price', correction.price ?? selection.price ?? ''), currency);
  const { unit_amount_decimal: unitAmountDecimal } = correction;
  return unitAmountDecimal === null ? price : { ...price, unitAmountDecimal };
}

/** A line is taxed by the rates that it was billed with, and in the tax status of its payer, except for what is corrected. */
function taxTermsOf(
  { taxes }: InvoiceLineItem,
  { basis, amount }: LineContent,
  { correction: { tax_exempt: exempt, tax_rate: instead }, selection }: RepairTerms,
): Pick<LineContent, 'taxRates' | 'basis'> {
  const rates = taxes.map((tax) => (instead !== null && tax.tax_rate === selection.tax_rate ? instead : tax.tax_rate));
  const taxed: Customer['taxExempt'] = exempt ?? exemptionIn(taxes);
  return { taxRates: [...new Set(rates)], basis: { ...(basis ?? { rule: 'amount', full: amount }), taxed } };
}

const RATED: readonly LineRule[] = ['per_unit', 'package', 'graduated', 'volume'];

function repriced(line: InvoiceLineItem, price: LinePrice): LineContent {
  const { basis } = line;
  const content = lineContentOf(line);
  if (basis?.rule === 'free') return content;
  if (basis === null || !RATED.includes(basis.rule)) {
    throw notEditable(`Line ${line.id} of invoice ${line.invoice} was not calculated from its price. Correct it by a credit note.`);
  }
  const { amount, basis: corrected } = chargedOf(basis, rate(price, basis.quantity ?? line.quantity ?? 0), price);
  const { id, product, taxBehavior, unitAmountDecimal } = price;
  return { ...content, amount, basis: corrected, price: id, product, taxBehavior, unitAmountDecimal };
}

/** The same share of the period, and less what should have been billed for the same usage before. */
function chargedOf(basis: LineBasis, full: LineBasis, price: LinePrice): Charged {
  const { share, credit, off, usage } = basis;
  const kept = { ...(off === undefined ? {} : { off }) };
  if (share) {
    const part = (credit ? creditOf : partOf)(full, share.seconds, share.of);
    return { ...part, basis: { ...part.basis, ...kept } };
  }
  const charged = whole({ ...full, ...kept });
  if (!usage) return charged;
  const before = usage.billed_before && { ...usage.billed_before, amount: rate(price, usage.billed_before.quantity).full };
  return { amount: charged.amount - (before?.amount ?? 0), basis: { ...charged.basis, usage: { ...usage, billed_before: before } } };
}

export const uncorrectable = ({ id }: Invoice, because: string): BillingError =>
  notEditable(`Invoice ${id} cannot be corrected, because ${because}.`);

const notEditable = (message: string): BillingError => new BillingError('invoice_not_editable', message);
