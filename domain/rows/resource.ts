/**
 * The fields of every resource row. Rows are plain JSON in camelCase; `server` and `objects` translate to Stripe's API. Times are epoch
 * seconds (UTC), amounts are integers of the currency's minor unit.
 */
export interface Resource {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
}

export type Metadata = Record<string, string>;

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

export const NO_ADDRESS: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export interface Shipping {
  name: string;
  phone: string | null;
  address: Address;
}

/** As a caller names it. */
export interface ShippingParameters {
  address: Address;
  name: string;
  phone?: string | null | undefined;
}

export const shippingOf = ({ address, name, phone = null }: ShippingParameters): Shipping => ({ address, name, phone });
