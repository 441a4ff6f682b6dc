import { labeled } from '../domain/core/labeled';
import { isShipping } from '../domain/line/shipping';
import { recipientOf } from '../domain/invoice-rules/recipient';
import { pageSizeOf } from '../domain/invoice-rules/wording';
import { chargeOf, paymentsOf } from '../domain/payment/invoice-payments';
import type { PageSize } from '../domain/rows/document-settings';
import { givenBack } from '../domain/rows/charge';
import type { Invoice, InvoiceLineItem, InvoicePayment } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import { invoiceTitle, taxNotes } from './demands';
import { formatsOf } from './formats';
import { lineText } from './line-text';
import { methodOf } from './payment-method';
import { numbersOf, partyOf, sellerOf, type PrintedTaxId } from './parties';
import type { Fact, Party, Sheet, SheetLine, SheetTable, Sum } from './sheet';
import { discountsOf, nationalTaxSums, reasonOf, shownOf, shownUnitPrice, sumsOf, taxTable, type Writing } from './sums';
import { fill, languageOf, type Language } from './words';

/** What an invoice's document says. `rows` are those of `db/documents.ts`. */
export function invoiceSheet(id: string, rows: Rows): Sheet {
  const invoice = rows.get('invoice', id);
  const writing = writingOf(invoice, rows);
  const { language } = writing;
  const { words } = language;
  const totals = { ...invoice, lines: linesOf(invoice, rows) };
  return {
    ...frameOf(invoice, writing),
    title: invoiceTitle(invoice.totalTaxes, rows.get('account', invoice.account).country, language),
    madeAt: issuedAt(invoice),
    stamp: stampOf(invoice, writing),
    number: invoice.number,
    facts: factsOf(invoice, writing),
    headline: headlineOf(invoice, writing),
    memo: invoice.description,
    columns: [words.description, words.quantity, words.unitPrice, words.tax, words.amount],
    lines: totals.lines.map((line) => lineOf(line, writing)),
    sums: [...sumsOf(totals, writing, words.total), ...nationalTaxSums(invoice.nationalTax, writing), ...settlement(invoice, writing)],
    tables: [...taxTable(totals, writing), ...paymentTable(invoice, writing)],
    footer: invoice.footer,
  };
}

/** The language of the customer, and the currency of the invoice. */
export function writingOf(invoice: Invoice, rows: Rows): Writing {
  const language = languageOf(
    rows.find('customer', invoice.customer)?.preferredLocales ?? [],
    rows.get('account', invoice.account).country,
  );
  const withoutTax = invoice.rendering?.amount_tax_display === 'exclude_tax';
  return { rows, language, formats: formatsOf(language.tag), currency: invoice.currency, withoutTax };
}

/** What all documents about an invoice have in common: the parties as of its finalization, its paper, the notes that the law wants. */
export function frameOf(
  invoice: Invoice,
  { rows, language }: Writing,
): Pick<Sheet, 'language' | 'pageSize' | 'seller' | 'parties' | 'notes' | 'facturX' | 'pageNumber'> {
  const account = rows.get('account', invoice.account);
  const buyer = invoice.customerDetails.address?.country ?? null;
  const seller = sellerOf(
    account,
    rows.all('taxSettings')[0]?.headOffice ?? null,
    ownTaxIds(invoice, rows),
    invoice.sellerDetails?.contact,
  );
  return {
    language: language.tag,
    pageSize: paperOf(pageSizeOf(invoice), buyer ?? account.country),
    seller: partyOf(language.words.from, seller, language),
    parties: buyers(invoice, language),
    notes: [
      ...taxNotes(invoice.totalTaxes, { seller: account.country, buyer }, language),
      ...(invoice.livemode ? [] : [language.words.testMode]),
    ],
    facturX: null,
    pageNumber: language.words.page,
  };
}

/** The date on the invoice. */
export const issuedAt = ({ effectiveAt, finalizedAt, created }: Invoice): number => effectiveAt ?? finalizedAt ?? created;

/** If the seller chose none, Letter where it is the usual paper. */
function paperOf(chosen: PageSize, country: string): Sheet['pageSize'] {
  if (chosen !== 'auto') return chosen === 'a4' ? 'A4' : 'LETTER';
  return ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE'].includes(country) ? 'LETTER' : 'A4';
}

/** The seller's numbers on an invoice, and on the receipts of its payments. */
export const ownTaxIds = ({ accountTaxIds, finalizedAt }: Invoice, rows: Rows): PrintedTaxId[] =>
  numbersOf(rows, { named: accountTaxIds, until: finalizedAt ?? Infinity });

function stampOf({ status }: Invoice, { language: { words } }: Writing): string | null {
  const stamps: Partial<Record<Invoice['status'], string>> = { void: words.void, paid: words.paid, uncollectible: words.uncollectible };
  return stamps[status] ?? null;
}

function factsOf(invoice: Invoice, { language: { words }, formats }: Writing): Fact[] {
  const own = invoice.customFields ?? [];
  return [
    { label: words.number, value: invoice.number ?? '' },
    { label: words.issued, value: formats.date(issuedAt(invoice)) },
    ...(invoice.dueDate === null ? [] : [{ label: words.due, value: formats.date(invoice.dueDate) }]),
    ...bankFacts(invoice),
    ...own.map(({ name, value }) => ({ label: name, value })),
  ];
}

/** Where to transfer what is due. */
function bankFacts({ sellerDetails, amountRemaining, status }: Invoice): Fact[] {
  const bank = sellerDetails?.bank_account ?? null;
  if (bank === null || status !== 'open' || amountRemaining === 0) return [];
  const iban = { label: 'IBAN', value: bank.iban.replace(/(.{4})(?=.)/g, '$1 ') };
  return bank.bic === null ? [iban] : [iban, { label: 'BIC', value: bank.bic }];
}

function buyers(invoice: Invoice, language: Language): Party[] {
  const { words } = language;
  const { customerDetails: details, customerTaxIds: taxIds } = invoice;
  const buyer = partyOf(words.billTo, { ...details, taxIds }, language);
  const recipient = recipientOf(invoice);
  if (recipient === null) return [buyer];
  return [buyer, partyOf(words.shipTo, { ...recipient, email: null, taxIds: [] }, language)];
}

function headlineOf(invoice: Invoice, { language: { words }, formats, currency }: Writing): string | null {
  const { status, dueDate, paidAt } = invoice;
  if (status === 'open' || status === 'uncollectible') {
    const amount = formats.money(invoice.amountRemaining, currency);
    return dueDate === null ? fill(words.onDueAtOnce, { amount }) : fill(words.dueOn, { amount, date: formats.date(dueDate) });
  }
  if (status !== 'paid' || paidAt === null || invoice.amountPaid === 0) return null;
  return fill(words.paidHeadline, { amount: formats.money(invoice.amountPaid, currency), date: formats.date(paidAt) });
}

export function linesOf({ id }: Invoice, rows: Rows): InvoiceLineItem[] {
  const isLast = (line: InvoiceLineItem): number => (isShipping(line) ? 1 : 0);
  return rows
    .where('invoiceLineItem', ({ invoice }) => invoice === id)
    .sort((one, other) => isLast(one) - isLast(other) || one.position - other.position);
}

function lineOf(line: InvoiceLineItem, writing: Writing): SheetLine {
  const { formats, currency, language } = writing;
  const { amount, discountAmounts } = shownOf(line, writing);
  const unitPrice = shownUnitPrice(line, writing);
  const period = formats.days(line.periodStart, line.periodEnd);
  const off = discountsOf(discountAmounts, writing).map(({ label, amount }) =>
    labeled(language.tag, label, formats.money(-amount, currency)),
  );
  return {
    text: lineText(line.description, writing),
    details: [period, ...sourceOf(line, writing), ...off],
    cells: [
      line.quantity === null ? '' : formats.quantity(String(line.quantity)),
      unitPrice === null ? '' : formats.unitMoney(unitPrice, currency),
      taxCell(line, writing),
      formats.money(amount, currency),
    ],
  };
}

/** On an invoice of several subscriptions, the one that the line is of. Its id never changes, so the document does not either. */
function sourceOf({ invoice, subscription }: InvoiceLineItem, { rows }: Writing): string[] {
  const isShared = rows.get('invoice', invoice).consolidates.length > 1;
  return isShared && subscription !== null ? [subscription] : [];
}

/** The rates of a line. An untaxed line shows zero; the sums and the notes say why. */
export function taxCell({ taxes }: Pick<InvoiceLineItem, 'taxes'>, { rows, language, formats }: Writing): string {
  const cells = taxes.map((tax) => {
    const isUntaxed = reasonOf(tax.taxability_reason, language) !== null;
    return formats.percent(isUntaxed ? '0' : (rows.find('taxRate', tax.tax_rate)?.percentage ?? '0'));
  });
  return [...new Set(cells)].join(' + ');
}

/** From the total to what is still due: the balance, credit notes, payments. */
function settlement(invoice: Invoice, { language: { words }, formats, currency }: Writing): Sum[] {
  const money = (amount: number): string => formats.money(amount, currency);
  const balance = invoice.startingBalance - (invoice.endingBalance ?? invoice.startingBalance);
  const onBalance = invoice.total < 0 ? words.creditedToBalance : balance < 0 ? words.appliedBalance : words.addedBalance;
  const parts: [string, number][] = [
    [onBalance, balance],
    [words.creditNotes, -invoice.prePaymentCreditNotesAmount],
    [words.amountPaid, -invoice.amountPaid],
  ];
  const shown = parts.filter(([, amount]) => amount !== 0).map(([label, amount]) => ({ label, amount: money(amount) }));
  return [...shown, { label: words.amountDue, amount: money(invoice.status === 'void' ? 0 : invoice.amountRemaining), strong: true }];
}

function paymentTable({ id }: Invoice, writing: Writing): SheetTable[] {
  const { words } = writing.language;
  const rows = paymentsOf(writing.rows, id).map((payment) => paymentRow(payment, writing));
  if (rows.length === 0) return [];
  return [{ heading: words.payments, columns: [words.date, words.method, words.refunded, words.amount], rows }];
}

function paymentRow(payment: InvoicePayment, writing: Writing): string[] {
  const { rows, formats } = writing;
  const { on, method, amount, refunded } = broughtBy(payment, rows);
  return [
    formats.date(on),
    method,
    refunded === 0 ? '' : formats.money(-refunded, payment.currency),
    formats.money(amount, payment.currency),
  ];
}

/** What a payment brought, also what was too much for the invoice, and what was refunded of it. */
interface Brought {
  on: number;
  method: string;
  amount: number;
  refunded: number;
}

function broughtBy(payment: InvoicePayment, rows: Rows): Brought {
  const charge = chargeOf(rows, payment);
  if (charge) {
    const { created: on, amountCaptured: amount } = charge;
    return { on, method: methodOf(charge.paymentMethodDetails), amount, refunded: givenBack(charge) };
  }
  const record = rows.get('paymentRecord', payment.paymentRecord ?? '');
  const { amountGuaranteed: amount, amountRefunded: refunded } = record;
  return { on: payment.paidAt ?? payment.created, method: record.paymentMethodDetails.custom.display_name, amount, refunded };
}
