/** The buyer of a sale, as a remote tax provider needs it. Read by its activity, so that no address is in a workflow's history. */
import type { TaxBuyer } from '../domain/line/remote-taxes';
import type { Sql } from './connect';
import { rowsFromJson } from './json-rows';

/** @param of the customer, and the payment method whose billing details may show the place */
export async function findTaxBuyer(sql: Sql, of: { customer: string; paymentMethod: string | null }): Promise<TaxBuyer> {
  const [found] = await sql<[{ facts: Parameters<typeof rowsFromJson>[0] }]>`
    select json_build_object(
      'customer', (select json_agg(t) from customers t where t.id = ${of.customer}),
      'paymentMethod', (select json_agg(t) from payment_methods t where t.id = ${of.paymentMethod}),
      'taxId', (select json_agg(t order by t.seq) from tax_ids t where t.customer = ${of.customer} and not t.deleted)) as facts`;
  const rows = rowsFromJson(found.facts);
  return {
    customer: rows.get('customer', of.customer),
    paymentMethod: rows.find('paymentMethod', of.paymentMethod) ?? null,
    taxIds: rows.all('taxId'),
  };
}
