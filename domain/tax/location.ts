/** Where a customer is, for tax: the first address that is not empty decides, and an unusable one is never skipped. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { methodToCharge } from '../invoice-rules/method-to-charge';
import type { Customer } from '../rows/customer';
import type { PaymentMethod } from '../rows/payment-method';
import type { Address } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { Place } from '../rows/tax-calculation';
import { placeOf } from './places';

export type LocationSource = 'shipping_destination' | 'billing_address' | 'payment_method' | 'ip_address';

/** What shows where a customer is. `place` is null if it does not show enough; `address` is null for an IP address. */
export interface Location {
  source: LocationSource;
  address: Address | null;
  place: Place | null;
}

type Located = Pick<Customer, 'address' | 'shipping' | 'taxIpAddress'>;

/**
 * Shipping address, billing address, the billing details of the payment method completed with the card's country, IP address: the first that
 * is not empty. Null if all are. An IP address has no place: Dunlin has no data that maps one to a country.
 */
export function locationOf({ address, shipping, taxIpAddress }: Located, method: PaymentMethod | null): Location | null {
  if (isGiven(shipping?.address)) return at('shipping_destination', shipping.address);
  if (isGiven(address)) return at('billing_address', address);
  if (method !== null) return at('payment_method', addressOf(method));
  return taxIpAddress === null ? null : { source: 'ip_address', address: null, place: null };
}

const at = (source: LocationSource, address: Address): Location => ({ source, address, place: placeOf(address) });

/** The location of a customer among the rows. The payment method that would be charged may show it. */
export function locationFor(rows: Rows, customer: Customer, methods: readonly (string | null)[] = []): Location | null {
  return locationOf(customer, methodToCharge(rows, customer, methods) ?? null);
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

/**
 * Keeps a place that subscriptions with automatic tax are taxed by: a change of the customer must not make it unknown.
 *
 * @throws BillingError customer_tax_location_invalid
 */
export function requireKeptPlace({ base, rows }: ChangeSet, id: string): void {
  const before = base.find('customer', id);
  const isTaxed = rows.all('subscription').some(({ customer, automaticTax }) => customer === id && automaticTax.enabled);
  if (isTaxed && before && locationFor(base, before)?.place) requirePlace(rows, rows.get('customer', id));
}

function isGiven<A extends Address>(address: A | null | undefined): address is A {
  return address !== null && address !== undefined && Object.values(address).some((part) => part !== null);
}

function addressOf({ bankAccount, billingDetails, card }: PaymentMethod): Address {
  return { ...billingDetails.address, country: billingDetails.address.country ?? (card ?? bankAccount)?.country ?? null };
}

export const NO_PLACE =
  "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax: a country, in the " +
  'United States with a ZIP code, in Canada and India with a state or postal code.';
