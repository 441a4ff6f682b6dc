/** What a checkout offers for the delivery of goods, and what of it the buyer has chosen. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import { shippingLineOf } from '../line/shipping';
import { usableShippingRate, type ShippingRateAsked } from '../price/shipping-rates';
import type { ChangeSet } from '../core/change-set';
import type { CheckoutSession, ShippingOption } from '../rows/checkout-session';
import type { LineContent } from '../rows/invoice';
import type { Shipping } from '../rows/resource';

/**
 * The options in the currency of the sale. Described rates are made.
 *
 * @throws BillingError parameter_missing, resource_missing, parameter_invalid for an inactive rate or one without an amount in that currency
 */
function offeredShipping(changes: ChangeSet, params: readonly ShippingRateAsked[], currency: string): ShippingOption[] {
  return params.map((each, index) =>
    nestedIn(`shipping_options[${String(index)}]`, () => {
      const { rate, amount } = usableShippingRate(changes, each, currency);
      return { shipping_amount: amount, shipping_rate: rate.id };
    }),
  );
}

/** The session with what the request offers, and the first of it chosen. */
export function withShipping<S extends Pick<CheckoutSession, 'currency' | 'lineItems' | 'settings' | 'shippingRate'>>(
  changes: ChangeSet,
  session: S,
  params: readonly ShippingRateAsked[],
): S {
  const [line] = session.lineItems;
  const currency = session.currency ?? changes.rows.find('price', line?.price ?? null)?.currency ?? '';
  const options = offeredShipping(changes, params, currency);
  return {
    ...session,
    settings: { ...session.settings, shipping_options: options },
    shippingRate: chosenShipping(session.shippingRate, options),
  };
}

/** The chosen option stays while it is offered; otherwise the first one is chosen. */
export function chosenShipping(chosen: string | null, options: readonly ShippingOption[]): string | null {
  return options.some(({ shipping_rate: rate }) => rate === chosen) ? chosen : (options[0]?.shipping_rate ?? null);
}

/** @throws BillingError parameter_invalid for a rate that is not offered */
export function assertOffered({ settings }: CheckoutSession, rate: string): void {
  if (settings.shipping_options.some((option) => option.shipping_rate === rate)) return;
  throw new BillingError('parameter_invalid', `The shipping rate ${rate} is not offered.`, { param: 'shipping_rate' });
}

/**
 * @throws BillingError parameter_missing for an address that is asked for, parameter_invalid for one in a country to which nothing is sent
 */
export function assertDeliverable({ settings }: CheckoutSession, shipping: Shipping | null): void {
  const asked = settings.shipping_address_collection;
  if (asked === null) return;
  const param = 'collected_information[shipping_details]';
  if (shipping === null) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  if (asked.allowed_countries.includes(shipping.address.country ?? '')) return;
  throw new BillingError('parameter_invalid', 'The shipping address must be in one of the allowed countries.', {
    param: `${param}[address][country]`,
  });
}

/** The line of the chosen rate. */
export function shippingLine(changes: ChangeSet, { shippingRate, settings }: CheckoutSession, currency: string): LineContent[] {
  const rate = changes.rows.find('shippingRate', shippingRate);
  const option = settings.shipping_options.find(({ shipping_rate: id }) => id === shippingRate);
  if (!rate || !option) return [];
  return [shippingLineOf(rate, { amount: option.shipping_amount, currency, now: changes.now })];
}
