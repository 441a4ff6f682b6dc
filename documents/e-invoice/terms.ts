/** Invoices and credit notes in the terms of EN 16931. What the standard cannot say is refused, with the reason. */
import BigNumber from 'bignumber.js';
import { dayOf } from '../../domain/core/chart-of-accounts';
import { exponentOf } from '../../domain/money/currency';
import { netOf as netLine } from '../../domain/line/taxes';
import { sumOf } from '../../domain/money/money';
import { chargeOf, paymentsOf } from '../../domain/payment/invoice-payments';
import type { CreditNoteLineItem } from '../../domain/rows/credit-note';
import type { Invoice, InvoiceLineItem, NationalTax, TaxAmount } from '../../domain/rows/invoice';
import type { Rows } from '../../domain/rows/rows';
import { creditNoteLines } from '../credit-note-sheet';
import { issuedAt, linesOf, ownTaxIds, writingOf } from '../invoice-sheet';
import { lineText } from '../line-text';
import { discountsOf, netOf, type Writing } from '../sums';
import { NotExpressible } from './not-expressible';
import { buyerOf, deliverToOf, sellerOf } from './parties';
import { categoryOf, exemptionOf } from './tax-category';
import type { EInvoice, ELine, EParty, EPeriod, ETax, TaxCategory } from './model';

/** BT-24 of the standard itself. */
const EN_16931 = 'urn:cen.eu:en16931:2017';

type Line = InvoiceLineItem | CreditNoteLineItem;

/** @throws NotExpressible where EN 16931 has no place for what the invoice says */
export function invoiceTerms(id: string, rows: Rows): EInvoice {
  const invoice = rows.get('invoice', id);
  const parts = partsOf(invoice, linesOf(invoice, rows), invoice, rows);
  const usedBalance = Math.max(0, (invoice.endingBalance ?? invoice.startingBalance) - invoice.startingBalance);
  const prepaid = invoice.amountPaid + (invoice.total > 0 ? usedBalance : 0) + invoice.prePaymentCreditNotesAmount;
  const due = invoice.total - prepaid;
  const { money } = parts;
  return {
    ...parts.common,
    number: invoice.number ?? invoice.id,
    type: '380',
    issuedOn: dayOf(issuedAt(invoice)),
    dueOn: invoice.dueDate === null ? null : dayOf(invoice.dueDate),
    terms: due > 0 && invoice.dueDate === null ? parts.writing.language.words.onReceipt : null,
    notes: [invoice.description, invoice.footer].filter((note) => note !== null && note.trim() !== '').map(String),
    preceding: null,
    card: cardThatPaid(invoice, rows),
    totals: { ...parts.totals, prepaid: money(prepaid), payable: money(due) },
  };
}

/** @throws NotExpressible where EN 16931 has no place for what the credit note says */
export function creditNoteTerms(id: string, rows: Rows): EInvoice {
  const note = rows.get('creditNote', id);
  const invoice = rows.get('invoice', note.invoice);
  const parts = partsOf(invoice, creditNoteLines(note, rows), note, rows);
  const { money } = parts;
  return {
    ...parts.common,
    number: note.number,
    type: '381',
    issuedOn: dayOf(note.effectiveAt ?? note.created),
    dueOn: null,
    // All of it is settled when it is issued: off the amount due, refunded, or on the balance.
    terms: null,
    notes: [note.memo].filter((memo) => memo !== null && memo.trim() !== '').map(String),
    preceding: { number: invoice.number ?? invoice.id, issuedOn: dayOf(issuedAt(invoice)) },
    card: null,
    totals: { ...parts.totals, prepaid: money(note.total), payable: money(0) },
  };
}

interface Totals {
  currency: string;
  total: number;
  nationalTax: NationalTax | null;
  totalTaxes: readonly TaxAmount[];
}

function partsOf(invoice: Invoice, lines: readonly Line[], totals: Totals, rows: Rows) {
  const writing = writingOf(invoice, rows);
  const money = moneyIn(totals.currency);
  if (lines.length === 0) throw new NotExpressible('it has no lines');
  if (totals.total < 0) throw new NotExpressible('its total is negative: only a credit note gives money back');
  const eLines = lines.map((line) => lineOf(line, money, writing));
  const taxes = taxesOf(totals, lines, money, rows);
  const net = sumOf(lines.map(netLine));
  const tax = sumOf(totals.totalTaxes.map(({ amount }) => amount));
  if (net + tax !== totals.total) throw new NotExpressible('its lines and taxes do not sum to its total');
  const isOutside = eLines.every(({ category }) => category === 'O');
  const seller = sellerOf(invoice, rows, ownTaxIds(invoice, rows));
  const buyer = buyerOf(invoice);
  refuseParties(eLines, seller, buyer);
  return {
    ...{ money, writing },
    totals: { lines: money(net), withoutTax: money(net), tax: money(tax), withTax: money(totals.total) },
    common: {
      specification: EN_16931,
      ...{ process: null, contact: null, bank: null },
      currency: totals.currency.toUpperCase(),
      taxAccounting: taxAccountingOf(totals),
      buyerReference: ownField(invoice, /^(buyer reference|leitweg-id|reference)$/i),
      orderReference: ownField(invoice, /^(po|po number|purchase order|order|bestellnummer|numéro de commande)$/i),
      // What is outside the scope of the tax names no number of a taxable person (BR-O-02).
      seller: isOutside ? { ...seller, vatId: null, taxNumber: null } : seller,
      buyer: isOutside ? { ...buyer, vatId: null } : buyer,
      deliverTo: deliverToOf(invoice),
      ...deliveryOf(invoice, rows),
      lines: eLines,
      taxes,
    },
  };
}

function taxAccountingOf({ nationalTax }: Totals): EInvoice['taxAccounting'] {
  if (nationalTax === null || nationalTax.amount === null) return null;
  const { currency, amount } = nationalTax;
  return { currency: currency.toUpperCase(), amount: moneyIn(currency)(amount) };
}

/** @throws NotExpressible for currencies of three decimals */
function moneyIn(currency: string): (minor: number) => string {
  const decimals = exponentOf(currency);
  if (decimals > 2) throw new NotExpressible(`its currency has ${String(decimals)} decimals, and the standard allows two`);
  return (minor) => new BigNumber(minor).shiftedBy(-decimals).toFixed(decimals);
}

function refuseParties(lines: readonly ELine[], seller: EParty, buyer: EParty): void {
  const categories = new Set(lines.map(({ category }) => category));
  if (categories.has('O') && categories.size > 1) {
    throw new NotExpressible('some of its lines are subject to the tax and some are not, which need two invoices');
  }
  if (categories.has('O')) return;
  if (seller.vatId === null && seller.taxNumber === null) {
    throw new NotExpressible("the seller's tax id is missing: create one with POST /v1/tax_ids");
  }
  if (categories.has('AE') && buyer.vatId === null) throw new NotExpressible("a reverse charge needs the buyer's VAT number");
}

function lineOf(line: Line, money: (minor: number) => string, writing: Writing): ELine {
  const net = netLine(line);
  const allowances = allowancesOf(line, writing);
  const beforeAllowances = net + sumOf(allowances.map(({ amount }) => amount));
  return {
    id: String(line.position),
    name: line.description?.trim() ? lineText(line.description, writing) : 'Item',
    ...pricing(line.quantity, beforeAllowances < 0, new BigNumber(money(Math.abs(beforeAllowances)))),
    net: money(net),
    allowances: allowances.map(({ amount, reason }) => ({ amount: money(amount), reason })),
    ...taxOfLine(line, writing.rows),
    period: 'periodStart' in line ? periodOf(line.periodStart, line.periodEnd) : null,
  };
}

/** A price is never negative (BR-27), so a credit has a negative quantity. A price that is not exact for one is that of the whole quantity. */
function pricing(of: number | null, isCredit: boolean, price: BigNumber): Pick<ELine, 'quantity' | 'price' | 'perQuantity'> {
  const quantity = Math.abs(of ?? 1) || 1;
  const each = price.dividedBy(quantity);
  const isExact = each.times(quantity).isEqualTo(price) && (each.decimalPlaces() ?? 0) <= PRICE_DECIMALS;
  return {
    quantity: String(isCredit ? -quantity : quantity),
    price: (isExact ? each : price).toFixed(),
    perQuantity: String(isExact ? 1 : quantity),
  };
}

const PRICE_DECIMALS = 10;

/** Discounts and credit of a charge. With inclusive tax they contain tax, so there the price is the one after them. */
function allowancesOf(line: Line, writing: Writing): { amount: number; reason: string }[] {
  const credits = line.creditAmounts.map(({ amount }) => ({ amount, reason: writing.language.words.credits }));
  const all = [...discountsOf(line.discountAmounts, writing).map(({ label, amount }) => ({ amount, reason: label })), ...credits];
  const isSimple = line.amount > 0 && line.taxes.every((tax) => tax.tax_behavior === 'exclusive') && all.every(({ amount }) => amount > 0);
  return isSimple ? all : [];
}

function taxOfLine({ taxes, position }: Line, rows: Rows): { category: TaxCategory; rate: string | null } {
  const [tax, another] = taxes;
  if (another) throw new NotExpressible(`line ${String(position)} has several taxes, and the standard allows one`);
  return tax ? categoryOf(tax, rows) : { category: 'O', rate: null };
}

function taxesOf(totals: Totals, lines: readonly Line[], money: (minor: number) => string, rows: Rows): ETax[] {
  const groups = new Map<string, { category: TaxCategory; rate: string | null; base: number; amount: number; reason: string }>();
  const add = (tax: TaxAmount | null, base: number): void => {
    const { category, rate } = tax ? categoryOf(tax, rows) : { category: 'O' as const, rate: null };
    const key = `${category} ${rate ?? ''}`;
    const before = groups.get(key) ?? { category, rate, base: 0, amount: 0, reason: tax?.taxability_reason ?? 'not_collecting' };
    groups.set(key, { ...before, base: before.base + base, amount: before.amount + (tax?.amount ?? 0) });
  };
  for (const tax of totals.totalTaxes) add(tax, netOf(tax, lines));
  const untaxed = lines.filter(({ taxes }) => taxes.length === 0);
  if (untaxed.length > 0) add(null, sumOf(untaxed.map(netLine)));
  return [...groups.values()].map(({ category, rate, base, amount, reason }) => ({
    ...{ category, rate, base: money(base), amount: money(amount) },
    exemption: exemptionOf(category, reason),
  }));
}

/** The last day is the one before the end. */
function periodOf(start: number, end: number): EPeriod {
  return { start: dayOf(start), end: dayOf(Math.max(start, end - 1)) };
}

/** What the invoice was for, which a credit note is for too. */
function deliveryOf(invoice: Invoice, rows: Rows): Pick<EInvoice, 'period' | 'deliveredOn'> {
  const lines = linesOf(invoice, rows);
  const start = lines.reduce((first, { periodStart }) => Math.min(first, periodStart), Infinity);
  const end = lines.reduce((last, { periodEnd }) => Math.max(last, periodEnd), 0);
  const period = lines.length === 0 ? periodOf(invoice.periodStart, invoice.periodEnd) : periodOf(start, end);
  return { period, deliveredOn: period.end };
}

/** Sellers write what the buyer's accounting asks for into custom fields. */
function ownField({ customFields }: Invoice, name: RegExp): string | null {
  return customFields?.find((field) => name.test(field.name.trim()))?.value ?? null;
}

function cardThatPaid({ id }: Invoice, rows: Rows): string | null {
  const [charge] = paymentsOf(rows, id).flatMap((payment) => chargeOf(rows, payment) ?? []);
  return charge?.paymentMethodDetails.card?.last4 ?? null;
}
