import { countryOfTaxId, type TaxId } from '../domain/rows/tax-id';
import type { WireTaxId } from './shapes/tax-id';

/** What the registry says. The holder is shown once the registry has confirmed the tax id. */
function verificationOf({ verification: status, verifiedName, verifiedAddress }: TaxId): WireTaxId['verification'] {
  if (status === null) return null;
  const isVerified = status === 'verified';
  return { status, verified_address: isVerified ? verifiedAddress : null, verified_name: isVerified ? verifiedName : null };
}

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
    verification: verificationOf(taxId),
  };
}
