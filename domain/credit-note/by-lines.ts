/** A credit by lines: of the invoice's own lines a quantity or an amount each, and lines that the seller describes. */
import BigNumber from 'bignumber.js';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { CreditNoteLineItem, LineAmounts } from '../rows/credit-note';
import type { Invoice, InvoiceLineItem, TaxAmount } from '../rows/invoice';
import { isShipping } from '../line/shipping';
import { taxesOn } from '../line/taxes';
import { decimalOf, multiplyRatio, negate, roundHalfUp, sumOf } from '../money/money';
import type { Rows } from '../rows/rows';
import { creditsOf, isWithin, restOf, shareOf } from './line-credits';
import type { CreditNoteLineParameters } from './parameters';

/** A line of a note before it has its note and its place. */
export type NewCreditLine = LineAmounts &
  Pick<CreditNoteLineItem, 'type' | 'invoiceLineItem' | 'description' | 'quantity' | 'unitAmountDecimal' | 'metadata'>;

/**
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, credit_note_exceeds_invoice
 */
export function creditByLines(rows: Rows, invoice: Invoice, lines: CreditNoteLineParameters[]): NewCreditLine[] {
  refuseTwice(lines);
  return lines.map((line, index) => {
    const at = `lines[${String(index)}]`;
    return line.type === 'custom_line_item' ? customLine(rows, invoice, line, at) : ofInvoiceLine(rows, invoice, line, at);
  });
}

function refuseTwice(lines: CreditNoteLineParameters[]): void {
  const names = lines.map((line) => line.invoice_line_item);
  const index = names.findIndex((name, at) => name !== undefined && names.indexOf(name) < at);
  if (index < 0) return;
  throw invalid('Each line of the invoice can be credited once in a credit note.', `lines[${String(index)}][invoice_line_item]`);
}

function ofInvoiceLine(rows: Rows, invoice: Invoice, params: CreditNoteLineParameters, at: string): NewCreditLine {
  refuseForeign(params, ['unit_amount', 'unit_amount_decimal', 'tax_rates'], at);
  const line = lineNamed(rows, invoice, params, at);
  const rest = restOf(rows, line);
  const amount = amountAsked(rows, line, params, at);
  if (!isWithin(amount, rest.amount))
    throw exceeds(`Of line ${line.id}, ${String(rest.amount)} can still be credited, not ${String(amount)}.`, at);
  const share = rest.amount === 0 ? rest : shareOf(rest, amount, rest.amount);
  return {
    ...share,
    taxes: params.tax_amounts === undefined ? share.taxes : taxesGiven(rest, params.tax_amounts ?? [], at),
    type: 'invoice_line_item',
    invoiceLineItem: line.id,
    description: params.description ?? line.description,
    quantity: params.quantity ?? null,
    unitAmountDecimal: params.quantity === undefined ? null : line.unitAmountDecimal,
    metadata: mergeMetadata({}, params.metadata),
  };
}

function lineNamed(rows: Rows, invoice: Invoice, { invoice_line_item: id }: CreditNoteLineParameters, at: string): InvoiceLineItem {
  const param = `${at}[invoice_line_item]`;
  if (id === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const line = rows.find('invoiceLineItem', id);
  if (line?.invoice === invoice.id && !isShipping(line)) return line;
  throw new BillingError('resource_missing', `No such invoice line item: '${id}'`, { param });
}

function amountAsked(rows: Rows, line: InvoiceLineItem, { amount, quantity }: CreditNoteLineParameters, at: string): number {
  if ((amount === undefined) === (quantity === undefined)) throw oneOf(at, 'amount', 'quantity', amount === undefined);
  const credits = creditsOf(rows, line);
  const isByQuantity = quantity !== undefined;
  if (credits.some((credit) => (credit.quantity !== null) !== isByQuantity)) {
    const message = `Line ${line.id} was credited by ${isByQuantity ? 'amount' : 'quantity'} before, and can only be credited in that way.`;
    throw invalid(message, `${at}[${isByQuantity ? 'quantity' : 'amount'}]`);
  }
  return isByQuantity ? amountOfQuantity(line, credits, { quantity, at }) : nonzero(amount ?? 0, at);
}

/** Counted from the first unit, so that all units together are exactly the line. */
function amountOfQuantity(
  line: InvoiceLineItem,
  credits: CreditNoteLineItem[],
  { quantity, at }: { quantity: number; at: string },
): number {
  const before = sumOf(credits.map((credit) => credit.quantity ?? 0));
  const left = (line.quantity ?? 0) - before;
  if (line.quantity === null || quantity > left) {
    throw exceeds(`Of line ${line.id}, a quantity of ${String(left)} can still be credited.`, `${at}[quantity]`);
  }
  return multiplyRatio(line.amount, before + quantity, line.quantity) - sumOf(credits.map((credit) => credit.amount));
}

function nonzero(amount: number, at: string): number {
  if (amount !== 0) return amount;
  throw invalid('The amount of a line must not be zero.', `${at}[amount]`);
}

/** Nobody knows what tax a described line has, so Stripe refuses it where the tax was calculated. */
function customLine(rows: Rows, invoice: Invoice, params: CreditNoteLineParameters, at: string): NewCreditLine {
  if (invoice.automaticTax.enabled) {
    const message = 'The invoice has automatic tax, so a credit note can only credit its own lines, and not a `custom_line_item`.';
    throw invalid(message, `${at}[type]`);
  }
  refuseForeign(params, ['invoice_line_item', 'amount'], at);
  const { description, quantity = 1, unit_amount: whole, unit_amount_decimal: decimal } = params;
  if (description === undefined) throw missing(`${at}[description]`);
  if ((whole === undefined) === (decimal === undefined)) throw oneOf(at, 'unit_amount', 'unit_amount_decimal', whole === undefined);
  if (params.tax_rates && params.tax_amounts) throw oneOf(at, 'tax_rates', 'tax_amounts', false);
  const unitAmountDecimal = decimal ?? decimalOf(whole ?? 0);
  const amount = roundHalfUp(new BigNumber(unitAmountDecimal).times(quantity));
  return {
    type: 'custom_line_item',
    invoiceLineItem: null,
    ...{ description, quantity, unitAmountDecimal, amount },
    discountAmounts: [],
    creditAmounts: [],
    taxes: customTaxes(rows, invoice, { ...params, amount }, at),
    metadata: mergeMetadata({}, params.metadata),
  };
}

function customTaxes(
  rows: Rows,
  invoice: Invoice,
  { amount, tax_rates: rates, tax_amounts: given }: CreditNoteLineParameters & { amount: number },
  at: string,
): TaxAmount[] {
  if (given) return taxesGiven({ taxes: invoice.totalTaxes }, given, at);
  const found = (rates ?? []).map((id, index) => {
    const rate = rows.find('taxRate', id);
    if (rate && invoice.totalTaxes.some((tax) => tax.tax_rate === id)) return rate;
    throw notBilled(id, `${at}[tax_rates][${String(index)}]`);
  });
  return taxesOn(amount, found, invoice.customerDetails.tax_exempt);
}

/** Tax amounts that the seller has computed, of rates that were billed; never more than what is left of each. */
function taxesGiven(
  { taxes }: Pick<LineAmounts, 'taxes'>,
  given: NonNullable<CreditNoteLineParameters['tax_amounts']>,
  at: string,
): TaxAmount[] {
  return given.map(({ amount, tax_rate: id, taxable_amount }, index) => {
    const param = `${at}[tax_amounts][${String(index)}]`;
    const tax = taxes.find((each) => each.tax_rate === id);
    if (!tax) throw notBilled(id, `${param}[tax_rate]`);
    if (amount > Math.abs(tax.amount)) throw exceeds(`Of tax rate ${id}, ${String(Math.abs(tax.amount))} can still be credited.`, param);
    return { ...tax, amount: tax.amount < 0 ? negate(amount) : amount, taxable_amount };
  });
}

const notBilled = (id: string, param: string): BillingError =>
  invalid(`Tax rate ${id} is not among the taxes of the invoice, so nothing of it can be credited.`, param);

function refuseForeign(params: CreditNoteLineParameters, names: (keyof CreditNoteLineParameters)[], at: string): void {
  const name = names.find((each) => params[each] !== undefined && params[each] !== null);
  if (name !== undefined) throw invalid(`\`${name}\` is not for lines of type ${params.type}.`, `${at}[${name}]`);
}

function oneOf(at: string, one: string, other: string, isMissing: boolean): BillingError {
  const param = `${at}[${one}]`;
  if (isMissing) return new BillingError('parameter_missing', `Missing required param: ${at}[${one}] or ${at}[${other}].`, { param });
  return new BillingError('parameters_exclusive', `You may only specify one of these parameters: ${one}, ${other}.`, { param });
}

const missing = (param: string): BillingError => new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
const invalid = (message: string, param: string): BillingError => new BillingError('parameter_invalid', message, { param });
const exceeds = (message: string, param: string): BillingError => new BillingError('credit_note_exceeds_invoice', message, { param });
