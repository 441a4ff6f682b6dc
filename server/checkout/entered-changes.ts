/** What of the buyer's entries changes the offer: the place, and the delivery. */
import type { Revision } from '../../domain/checkout/revision';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { Address, Shipping } from '../../domain/rows/resource';
import { detailsOf, shippingOf, type Entries } from './form';

/** Only what differs from the session as it is. */
export function changesOf(session: CheckoutSession, entries: Entries): Revision {
  const { address } = detailsOf(entries);
  const shipping = newShipping(session, entries);
  const rate = entries['shipping_rate'];
  return {
    ...(address && !isSamePlace(address, session.customerDetails?.address) ? { details: { address } } : {}),
    ...(shipping ? { shipping } : {}),
    ...newTaxId(session, entries),
    ...(rate === undefined || rate === session.shippingRate ? {} : { shippingRate: rate }),
  };
}

function newTaxId({ settings, customerDetails }: CheckoutSession, { tax_id: entered, country }: Entries): Revision {
  if (!settings.tax_id_collection.enabled || entered === undefined) return {};
  const staysThere = country === undefined || country === customerDetails?.address?.country;
  return staysThere && isKnown(customerDetails?.tax_ids ?? [], entered) ? {} : { taxId: entered };
}

/** The number as it was entered is kept within the stored one, which may have the country's prefix. */
function isKnown([known]: readonly { value: string }[], entered: string): boolean {
  return entered === '' ? known === undefined : known?.value.endsWith(entered) === true;
}

function newShipping({ settings, shippingDetails: known }: CheckoutSession, entries: Entries): Shipping | null {
  const shipping = settings.shipping_address_collection === null ? null : shippingOf(entries);
  if (shipping === null) return null;
  return shipping.name === known?.name && isSamePlace(shipping.address, known.address) ? null : shipping;
}

function isSamePlace(address: Address, known: Address | null | undefined): boolean {
  return (['country', 'state', 'postal_code', 'city', 'line1'] as const).every((part) => address[part] === known?.[part]);
}
