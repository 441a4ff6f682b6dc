import { countryOfTaxId, type TaxId } from '../domain/rows/tax-id';
import type { WireTaxId } from './shapes/tax-id';

/**
 * Whether a registry confirms a tax id. Dunlin asks none, so it uses Stripe's value for a registry that gave no answer. `pending` would
 * promise an answer, `unverified` would mean a negative one.
 */
const VERIFICATION = { status: 'unavailable', verified_address: null, verified_name: null } as const;

/** A tax id of a customer, or of the account itself, which Stripe does not verify. The country follows from its type, or for a European one from its value. */
export function toStripeTaxId(taxId: TaxId): WireTaxId {
  return {
    id: taxId.id,
    object: 'tax_id',
    country: countryOfTaxId(taxId),
    created: taxId.created,
    customer: taxId.customer,
    customer_account: null,
    livemode: taxId.livemode,
    owner:
      taxId.customer === null
        ? { type: 'self', customer_account: null }
        : { type: 'customer', customer: taxId.customer, customer_account: null },
    type: taxId.type,
    value: taxId.value,
    verification: taxId.customer === null ? null : VERIFICATION,
  };
}
