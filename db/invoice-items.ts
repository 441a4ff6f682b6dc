/** What planners of an invoice item's changes decide on. */
import type { RowKind, Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadFacts, loadReferenced } from './facts';
import { rowsFromJson } from './json-rows';
import { loadRedeeming } from './redemptions';

/** The customer with what waits and the invoice, the item itself, and what the request names with the products of its prices. */
export async function loadInvoiceItemFacts(
  tx: TransactionSql,
  scope: { account: string; livemode: boolean },
  of: { customer: string; invoice: string | null },
  named: Partial<Record<RowKind, string[]>>,
): Promise<Rows> {
  const references = await loadRedeeming(tx, scope, of.customer, named);
  const facts = await loadFacts(tx, { account: scope.account, customer: of.customer, invoice: of.invoice });
  const products = (references.price ?? []).map((price) => price['product'] as string);
  const more = await loadReferenced(tx, scope, { product: [...new Set(products)] });
  addAll(facts, rowsFromJson(references));
  addAll(facts, rowsFromJson(more));
  return facts;
}

const KINDS: readonly RowKind[] = [
  'invoiceItem',
  'price',
  'product',
  'coupon',
  'promotionCode',
  'discount',
  'charge',
  'invoice',
  'taxRate',
  'subscription',
];

function addAll(rows: Rows, more: Rows): void {
  for (const kind of KINDS) for (const row of more.all(kind)) rows.put(kind, row);
}
