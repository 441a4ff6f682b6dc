/** Where a customer is, for tax: the first address that is not empty decides, and an unusable one is never skipped. */
import { BillingError } from '../core/errors';
import { defaultMethodOf, type Customer } from '../rows/customer';
import type { PaymentMethod } from '../rows/payment-method';
import type { Address } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { Place } from '../rows/tax-calculation';
import { placeOf } from './places';

export type LocationSource = 'shipping_destination' | 'billing_address' | 'payment_method' | 'ip_address';

/** What shows where a customer is. `place` is null if it does not show enough. */
export interface Location {
  source: LocationSource;
  place: Place | null;
}

type Located = Pick<Customer, 'address' | 'shipping' | 'taxIpAddress'>;

/**
 * Shipping address, billing address, the billing details of the payment method completed with the card's country, IP address: the first that
 * is not empty. Null if all are. An IP address has no place: Dunlin has no data that maps one to a country.
 */
function locationOf({ address, shipping, taxIpAddress }: Located, method: PaymentMethod | null): Location | null {
  if (isGiven(shipping?.address)) return { source: 'shipping_destination', place: placeOf(shipping.address) };
  if (isGiven(address)) return { source: 'billing_address', place: placeOf(address) };
  if (method !== null) return { source: 'payment_method', place: placeOf(addressOf(method)) };
  return taxIpAddress === null ? null : { source: 'ip_address', place: null };
}

/** The location of a customer among the rows. Of the payment methods, the first that is named counts, and the customer's default last. */
export function locationFor(rows: Rows, customer: Customer, methods: readonly (string | null)[] = []): Location | null {
  const named = [...methods, defaultMethodOf(customer)].find((method) => method !== null) ?? null;
  return locationOf(customer, rows.find('paymentMethod', named) ?? null);
}

/**
 * The customer's place.
 *
 * @throws BillingError customer_tax_location_invalid
 */
export function requirePlace(rows: Rows, customer: Customer, param?: string): Place {
  const place = locationFor(rows, customer)?.place ?? null;
  if (place === null) throw new BillingError('customer_tax_location_invalid', NO_PLACE, param === undefined ? {} : { param });
  return place;
}

function isGiven<A extends Address>(address: A | null | undefined): address is A {
  return address !== null && address !== undefined && Object.values(address).some((part) => part !== null);
}

function addressOf({ billingDetails, card }: PaymentMethod): Address {
  return { ...billingDetails.address, country: billingDetails.address.country ?? card.country };
}

export const NO_PLACE =
  "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax: a country, in the " +
  'United States with a ZIP code, in Canada and India with a state or postal code.';
