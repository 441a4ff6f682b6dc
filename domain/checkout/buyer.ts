/** What a checkout changes of an existing customer. The amounts of the session and its confirmation follow the same decision. */
import type { ChangeSet } from '../core/change-set';
import { createTaxId, taxIdsOf } from '../customer/tax-ids';
import type { CheckoutCustomerDetails, CheckoutSession } from '../rows/checkout-session';
import type { Customer } from '../rows/customer';

type Buyer = Pick<CheckoutSession, 'customerDetails' | 'settings' | 'shippingDetails'>;
type CustomerChange = Partial<Pick<Customer, 'address' | 'name' | 'phone' | 'shipping'>>;

/** A customer without an address gets one; what it has is replaced only where `customer_update` says `auto`. */
export function changeOfCustomer(
  known: Customer,
  { customerDetails: details, shippingDetails: shipping, settings }: Buyer,
): CustomerChange {
  const { customer_update: update, phone_number_collection: asksPhone } = settings;
  return {
    ...(shipping !== null && update?.shipping === 'auto' ? { shipping } : {}),
    ...(details ? changeByDetails(known, details, update) : {}),
    ...(asksPhone && details && details.phone !== known.phone ? { phone: details.phone } : {}),
  };
}

function changeByDetails(
  known: Customer,
  details: CheckoutCustomerDetails,
  update: Buyer['settings']['customer_update'],
): Pick<CustomerChange, 'address' | 'name'> {
  const { address } = details;
  const name = nameOf(details);
  return {
    ...(address !== null && (known.address === null || update?.address === 'auto') ? { address } : {}),
    ...(name !== null && update?.name === 'auto' ? { name } : {}),
  };
}

/** A business is known by its own name, and a person by the entered one rather than by that on the card. */
export const nameOf = ({ business_name: business, individual_name: individual, name }: CheckoutCustomerDetails): string | null =>
  business ?? individual ?? name;

/** Gives the customer the tax ids that it does not have. */
export function addTaxIds(changes: ChangeSet, customer: string, details: CheckoutCustomerDetails | null): void {
  const known = taxIdsOf(changes.rows, customer);
  for (const taxId of details?.tax_ids ?? []) {
    if (!known.some(({ type, value }) => type === taxId.type && value === taxId.value)) createTaxId(changes, customer, taxId, 'tax_id');
  }
}
