/** Creates and deletes tax ids, of customers and of the account itself. A tax id never changes: to correct it, delete it and create another. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { InvoiceTaxId } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { TaxId } from '../rows/tax-id';
import { isTaxIdOf } from './tax-id-formats';
import { firstVerification, isTestValue } from './tax-id-verification';

/** Stripe's limit per customer. */
const MAX_TAX_IDS = 5;

/**
 * Gives the customer, or with null the account itself, a tax id. The customer's other tax ids are among the rows. As on Stripe, only those of
 * customers have events.
 *
 * @param param the parameter that a refusal names
 * @throws BillingError tax_id_invalid if the value cannot be of its type, too_many_tax_ids
 */
export function createTaxId(
  changes: ChangeSet,
  customer: string | null,
  { type, value }: Pick<TaxId, 'type' | 'value'>,
  param = 'value',
): TaxId {
  const resource = changes.resource('txi');
  if (!isTestValue(resource.livemode, { type, value }) && !isTaxIdOf(type, value))
    throw new BillingError('tax_id_invalid', `Invalid value for ${type}.`, { param });
  if (customer !== null) assertRoom(changes, customer);
  const verification = firstVerification(changes, { ...resource, customer, type, value });
  const taxId = changes.put('taxId', { ...resource, deleted: false, customer, type, value, ...verification });
  if (customer !== null) changes.emit('customer.tax_id.created', 'taxId', taxId.id);
  if (taxId.checkingSince !== null) changes.wake('tax-id', taxId.id, taxId);
  return taxId;
}

function assertRoom(changes: ChangeSet, customer: string): void {
  const others = changes.rows.where('taxId', (taxId) => taxId.customer === customer && !taxId.deleted);
  if (others.length >= MAX_TAX_IDS) {
    throw new BillingError('too_many_tax_ids', `A customer can have at most ${String(MAX_TAX_IDS)} tax IDs. Delete one of them first.`);
  }
}

/** A customer's tax ids among the rows, oldest first, as an invoice stores them. */
export function taxIdsOf(rows: Rows, customer: string): InvoiceTaxId[] {
  return rows.where('taxId', (taxId) => taxId.customer === customer && !taxId.deleted).map(({ type, value }) => ({ type, value }));
}

/** Deletes a tax id; its event still shows it. Invoices that show it keep its id. */
export function deleteTaxId(changes: ChangeSet, id: string): void {
  const taxId = changes.patch('taxId', id, { deleted: true });
  if (taxId.customer !== null) changes.emit('customer.tax_id.deleted', 'taxId', id);
  if (taxId.checkingSince !== null || taxId.nextCheckAt !== null) changes.wake('tax-id', id, taxId);
}
