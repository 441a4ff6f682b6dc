/** The rows that a document is made of. */
import { invoiceOf } from '../domain/payment/intents';
import { settingsOf } from '../domain/rows/account';
import { Rows, type RowKind } from '../domain/rows/rows';
import type { Sql } from './connect';
import { loadMatching, byKey, byKeys, type Wanted } from './matching';

interface Scope {
  account: string;
  livemode: boolean;
}

/** Whose invoice it is. Null if there is none, or if it is still a draft or hidden. */
export async function ownerOfFinalInvoice(sql: Sql, id: string): Promise<Scope | null> {
  const [row] = await sql<Scope[]>`
    select account, livemode from invoices where id = ${id} and status <> 'draft' and not hidden and not deleted`;
  return row ?? null;
}

/** Whose credit note it is. Null if there is none. */
export async function ownerOfCreditNote(sql: Sql, id: string): Promise<Scope | null> {
  const [row] = await sql<Scope[]>`select account, livemode from credit_notes where id = ${id}`;
  return row ?? null;
}

/** Whose charge it is. Null if there is none, or if nothing was paid by it. */
export async function ownerOfPaidCharge(sql: Sql, id: string): Promise<Scope | null> {
  const [row] = await sql<Scope[]>`select account, livemode from charges where id = ${id} and paid and captured`;
  return row ?? null;
}

/** Whether a quote has a document: a draft can still change. */
export async function isFinalQuote(sql: Sql, { account, livemode }: Scope, id: string): Promise<boolean> {
  const rows = await sql`
    select 1 from quotes where id = ${id} and account = ${account} and livemode = ${livemode} and finalized_at is not null`;
  return rows.length > 0;
}

const of = (kind: RowKind, column: string, equals: string): Wanted => ({ kind, filters: [{ column, equals }] });

/** An invoice with its lines, its parties, and everything that paid, discounted, taxed or credited it. */
export async function invoiceDocument(sql: Sql, scope: Scope, id: string): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    byKey('account', scope.account),
    byKey('invoice', id),
    of('invoiceLineItem', 'invoice', id),
    of('invoicePayment', 'invoice', id),
    of('creditNote', 'invoice', id),
    { kind: 'taxSettings', filters: [] },
  ]);
  const { customer, accountTaxIds } = rows.get('invoice', id);
  const own = ownNumbers(accountTaxIds);
  const intents = rows.all('invoicePayment').flatMap(({ paymentIntent }) => paymentIntent ?? []);
  const records = rows.all('invoicePayment').flatMap(({ paymentRecord }) => paymentRecord ?? []);
  // A charge of an attached payment names no invoice.
  const charges: Wanted = { kind: 'charge', filters: [{ column: 'paymentIntent', among: intents }] };
  const payments = [charges, byKeys('paymentRecord', records)];
  rows.putAll(await loadMatching(sql, scope, [byKey('customer', customer), own, ...payments, ...namedIn(rows)]));
  rows.putAll(await couponsOf(sql, scope, rows));
  return rows;
}

/** The seller's tax ids: those that a document names, or all. */
const ownNumbers = (named: readonly string[] | null): Wanted =>
  named === null ? { kind: 'taxId', filters: [{ column: 'customer', isNull: true }] } : byKeys('taxId', [...named]);

function namedIn(rows: Rows): Wanted[] {
  const lines = [...rows.all('invoiceLineItem'), ...rows.all('creditNoteLineItem')];
  const totals = [...rows.all('invoice'), ...rows.all('creditNote')];
  const rates = [...lines.flatMap(({ taxes }) => taxes), ...totals.flatMap(({ totalTaxes }) => totalTaxes)].map((tax) => tax.tax_rate);
  const discounts = lines.flatMap(({ discountAmounts }) => discountAmounts.map(({ discount }) => discount));
  return [byKeys('taxRate', [...new Set(rates)]), byKeys('discount', [...new Set(discounts)])];
}

async function couponsOf(sql: Sql, scope: Scope, rows: Rows): Promise<Rows> {
  const keys = rows.all('discount').map(({ coupon }) => coupon);
  return keys.length === 0 ? new Rows() : loadMatching(sql, scope, [byKeys('coupon', keys)]);
}

/** A credit note with its lines, its invoice, and the parties of both. */
export async function creditNoteDocument(sql: Sql, scope: Scope, id: string): Promise<Rows> {
  const note = await loadMatching(sql, scope, [byKey('creditNote', id), of('creditNoteLineItem', 'creditNote', id)]);
  const rows = await invoiceDocument(sql, scope, note.get('creditNote', id).invoice);
  rows.putAll(note);
  rows.putAll(await loadMatching(sql, scope, namedIn(note)));
  rows.putAll(await couponsOf(sql, scope, rows));
  return rows;
}

/** A charge with its refunds, its invoice and its customer. */
export async function receiptDocument(sql: Sql, scope: Scope, id: string): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    byKey('account', scope.account),
    byKey('charge', id),
    of('refund', 'charge', id),
    { kind: 'taxSettings', filters: [] },
  ]);
  const { customer, paymentIntent, invoice: own } = rows.get('charge', id);
  const parties = [...(customer === null ? [] : [byKey('customer', customer)]), of('invoicePayment', 'paymentIntent', paymentIntent)];
  rows.putAll(await loadMatching(sql, scope, parties));
  const invoice = invoiceOf(rows, { id: paymentIntent, invoice: own });
  if (invoice !== null) rows.putAll(await loadMatching(sql, scope, [byKey('invoice', invoice)]));
  rows.putAll(await loadMatching(sql, scope, [ownNumbers(rows.find('invoice', invoice)?.accountTaxIds ?? null)]));
  return rows;
}

/** A quote with its customer, the discounts that it offers, and its tax rates. */
export async function quoteDocument(sql: Sql, scope: Scope, id: string): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    byKey('account', scope.account),
    byKey('quote', id),
    { kind: 'taxSettings', filters: [] },
    { kind: 'documentSettings', filters: [] },
  ]);
  const { customer, amounts } = rows.get('quote', id);
  const parties = customer === null ? [] : [byKey('customer', customer), of('taxId', 'customer', customer)];
  const discounts = amounts.discounts.map(({ discount }) => discount);
  const rates = amounts.taxes.map(({ tax_rate: rate }) => rate);
  const own = ownNumbers(settingsOf(rows.get('account', scope.account), scope).invoices.default_account_tax_ids);
  rows.putAll(await loadMatching(sql, scope, [...parties, own, byKeys('discount', discounts), byKeys('taxRate', rates)]));
  rows.putAll(await couponsOf(sql, scope, rows));
  return rows;
}
