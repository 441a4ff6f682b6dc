/** A customer as a preview describes it: new, or with other details. Everything is put into the change set, which is discarded. */
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import { createCustomer } from '../customer/changes';
import { createTaxId } from '../customer/tax-ids';
import type { Customer } from '../rows/customer';
import type { InvoiceTaxId } from '../rows/invoice';

export interface DescribedCustomer {
  /** Details that are absent stay as they are. */
  change: { [Name in 'address' | 'shipping' | 'taxExempt' | 'taxIpAddress']?: Customer[Name] | undefined };
  /** In place of the tax ids that the customer has. Absent: those. */
  taxIds?: InvoiceTaxId[] | undefined;
}

/**
 * Returns the customer's id.
 *
 * @param customer null: a new one
 * @throws BillingError tax_id_invalid, too_many_tax_ids
 */
export function describeCustomer(changes: ChangeSet, customer: string | null, { change, taxIds }: DescribedCustomer): string {
  const id = customer ?? createCustomer(changes, {}, null).id;
  changes.patch('customer', id, omitUndefined(change));
  if (!taxIds) return id;
  for (const before of changes.rows.where('taxId', (taxId) => taxId.customer === id)) changes.patch('taxId', before.id, { deleted: true });
  taxIds.forEach((taxId, index) => createTaxId(changes, id, taxId, `customer_details[tax_ids][${String(index)}][value]`));
  return id;
}
