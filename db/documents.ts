/** The rows that a document is made of. */
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

const of = (kind: RowKind, column: string, equals: string): Wanted => ({ kind, filters: [{ column, equals }] });

/** An invoice with its lines, its parties, and everything that paid, discounted, taxed or credited it. */
export async function invoiceDocument(sql: Sql, scope: Scope, id: string): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    byKey('account', scope.account),
    byKey('invoice', id),
    of('invoiceLineItem', 'invoice', id),
    of('charge', 'invoice', id),
    of('creditNote', 'invoice', id),
    { kind: 'taxSettings', filters: [] },
  ]);
  const { customer, accountTaxIds } = rows.get('invoice', id);
  rows.putAll(await loadMatching(sql, scope, [...partiesOf(customer, accountTaxIds), ...namedIn(rows)]));
  rows.putAll(await couponsOf(sql, scope, rows));
  return rows;
}

function partiesOf(customer: string, accountTaxIds: string[] | null): Wanted[] {
  return [byKey('customer', customer), of('taxId', 'customer', customer), byKeys('taxId', accountTaxIds ?? [])];
}

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
