/** Customers get tax ids and lose them. Nobody changes one: its number is taken away, and another given. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { CustomerTaxId } from '../rows/tax-id';
import { isTaxIdOf } from './tax-id-formats';

/** As many as Stripe lets a customer have. */
const MAX_TAX_IDS = 5;

/**
 * Gives the customer a tax id. Its others are among the rows.
 *
 * @param param the parameter that a refusal names
 * @throws tax_id_invalid where the value cannot be of its type, too_many_tax_ids
 */
export function createTaxId(
  changes: ChangeSet,
  customer: string,
  { type, value }: Pick<CustomerTaxId, 'type' | 'value'>,
  param = 'value',
): CustomerTaxId {
  if (!isTaxIdOf(type, value)) throw new BillingError('tax_id_invalid', `Invalid value for ${type}.`, { param });
  const others = changes.rows.where('customerTaxId', (taxId) => taxId.customer === customer && !taxId.deleted);
  if (others.length >= MAX_TAX_IDS) {
    throw new BillingError('too_many_tax_ids', `A customer can have at most ${String(MAX_TAX_IDS)} tax IDs. Delete one of them first.`);
  }
  const taxId = changes.put('customerTaxId', { ...changes.resource('txi'), deleted: false, customer, type, value });
  changes.emit('customer.tax_id.created', 'customerTaxId', taxId.id);
  return taxId;
}

/** Takes a tax id away; the event of it still shows which. */
export function deleteTaxId(changes: ChangeSet, id: string): void {
  changes.patch('customerTaxId', id, { deleted: true });
  changes.emit('customer.tax_id.deleted', 'customerTaxId', id);
}
