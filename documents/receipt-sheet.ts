import { invoiceOf } from '../domain/payment/intents';
import type { Invoice } from '../domain/rows/invoice';
import { givenBack, receiptNumberOf, type Charge } from '../domain/rows/charge';
import type { Customer } from '../domain/rows/customer';
import type { Rows } from '../domain/rows/rows';
import { formatsOf } from './formats';
import { methodOf } from './payment-method';
import { ownTaxIds } from './invoice-sheet';
import { numbersOf, partyOf, sellerOf, type PartyFacts } from './parties';
import type { Sheet, SheetLine, Sum } from './sheet';
import type { Writing } from './sums';
import { fill, languageOf } from './words';

/** What a receipt says: who paid what, when and how, for which invoice, and what was refunded since. */
export function receiptSheet(id: string, rows: Rows): Sheet {
  const charge = rows.get('charge', id);
  const invoice = invoicePaidBy(charge, rows);
  const account = rows.get('account', charge.account);
  const customer = rows.find('customer', charge.customer);
  const language = languageOf(customer?.preferredLocales ?? [], account.country);
  const { words } = language;
  const writing: Writing = { rows, language, formats: formatsOf(language.tag), currency: charge.currency, withoutTax: false };
  const { formats } = writing;
  const paidOn = formats.date(charge.created);
  const amount = formats.money(charge.amountCaptured, charge.currency);
  const payer = partyOf(words.billTo, { ...(invoice?.customerDetails ?? payerOf(charge, customer)), taxIds: [] }, language);
  const facts = [
    { label: words.receiptNumber, value: receiptNumberOf(charge) },
    ...(invoice?.number ? [{ label: words.invoice, value: invoice.number }] : []),
    { label: words.paidOn, value: paidOn },
    { label: words.method, value: methodOf(charge.paymentMethodDetails) },
  ];
  return {
    title: words.receipt,
    language: language.tag,
    pageSize: 'A4',
    madeAt: charge.created,
    stamp: null,
    number: receiptNumberOf(charge),
    facts,
    seller: partyOf(words.from, sellerOfReceipt(charge, invoice, rows), language),
    parties: payer.lines.length > 0 ? [payer] : [],
    headline: fill(words.paidHeadline, { amount, date: paidOn }),
    memo: null,
    columns: [words.description, words.amount],
    lines: linesOf(charge, writing),
    sums: sumsOf(charge, writing),
    tables: refundTable(charge, writing),
    notes: charge.livemode ? [] : [words.testMode],
    footer: null,
    facturX: null,
    pageNumber: words.page,
  };
}

type Payer = Pick<PartyFacts, 'address' | 'email' | 'name' | 'phone'>;

/** As the payment method names its holder, and what it does not say as the customer is known. */
function payerOf({ billingDetails: said }: Charge, customer: Customer | undefined): Payer {
  const { address, email, name, phone } = customer ?? NOBODY;
  const isPlaced = said.address.country !== null || said.address.line1 !== null;
  return {
    ...{ name: said.name ?? name, email: said.email ?? email, phone: said.phone ?? phone },
    address: isPlaced ? said.address : address,
  };
}

const NOBODY: Payer = { address: null, email: null, name: null, phone: null };

/** As the invoice names the seller, if one was paid. */
function sellerOfReceipt({ account, created }: Charge, invoice: Invoice | undefined, rows: Rows): PartyFacts {
  const numbers = invoice ? ownTaxIds(invoice, rows) : numbersOf(rows, { named: null, until: created });
  return sellerOf(rows.get('account', account), rows.all('taxSettings')[0]?.headOffice ?? null, numbers, invoice?.sellerDetails?.contact);
}

/** Also an invoice that the payment was attached to. */
function invoicePaidBy({ paymentIntent, invoice }: Charge, rows: Rows): Invoice | undefined {
  return rows.find('invoice', invoiceOf(rows, { id: paymentIntent, invoice }));
}

function linesOf(charge: Charge, { rows, language: { words }, formats }: Writing): SheetLine[] {
  const number = invoicePaidBy(charge, rows)?.number;
  const text = number ? `${words.invoice} ${number}` : (charge.description ?? words.amountPaid);
  return [{ text, details: [], cells: [formats.money(charge.amountCaptured, charge.currency)] }];
}

function sumsOf(charge: Charge, { language: { words }, formats }: Writing): Sum[] {
  const money = (amount: number): string => formats.money(amount, charge.currency);
  const paid = { label: words.amountPaid, amount: money(charge.amountCaptured), strong: true };
  const refunded = givenBack(charge);
  if (refunded === 0) return [paid];
  return [
    paid,
    { label: words.refunded, amount: money(-refunded) },
    { label: words.total, amount: money(charge.amountCaptured - refunded), strong: true },
  ];
}

function refundTable({ id }: Charge, { rows, language: { words }, formats }: Writing): Sheet['tables'] {
  const refunds = rows.where('refund', ({ charge, status }) => charge === id && (status === 'succeeded' || status === 'pending'));
  if (refunds.length === 0) return [];
  const lines = refunds.map(({ created, amount, currency }) => [formats.date(created), formats.money(amount, currency)]);
  return [{ heading: words.refunded, columns: [words.date, words.amount], rows: lines }];
}
