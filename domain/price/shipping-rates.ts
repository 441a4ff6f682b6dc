/** Shipping rates. What one costs never changes in a currency, because buyers were shown it; other currencies can be added. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { nestedIn } from '../core/nested-refusal';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type { TaxBehavior } from '../rows/price';
import type { Metadata } from '../rows/resource';
import { shippingIn, type DeliveryEstimate, type DeliveryTime, type ShippingAmount, type ShippingRate } from '../rows/shipping-rate';

interface Option {
  amount?: number | undefined;
  tax_behavior?: TaxBehavior | undefined;
}

/** As the route's schema parsed it. */
export interface ShippingRateParameters {
  delivery_estimate?: { maximum?: DeliveryTime | undefined; minimum?: DeliveryTime | undefined } | undefined;
  display_name: string;
  fixed_amount?:
    { amount: number; currency: string; currency_options?: Record<string, Option & { amount: number }> | undefined } | undefined;
  metadata?: Metadata | null | undefined;
  tax_behavior?: TaxBehavior | undefined;
  tax_code?: string | undefined;
}

/** @throws BillingError parameter_missing without an amount, parameter_invalid for an estimate whose bounds are in the wrong order */
export function createShippingRate(changes: ChangeSet, params: ShippingRateParameters): ShippingRate {
  const { delivery_estimate: estimate, fixed_amount: fixed, tax_behavior: taxBehavior = 'unspecified' } = params;
  if (!fixed) throw new BillingError('parameter_missing', 'Missing required param: fixed_amount.', { param: 'fixed_amount' });
  return changes.put('shippingRate', {
    ...changes.resource('shr'),
    active: true,
    displayName: params.display_name,
    amount: fixed.amount,
    currency: fixed.currency,
    currencyOptions: optionsOf(fixed.currency, {}, fixed.currency_options ?? {}),
    deliveryEstimate: estimate ? estimateOf(estimate) : null,
    taxBehavior,
    taxCode: params.tax_code ?? null,
    metadata: mergeMetadata({}, params.metadata),
  });
}

/** A rate that a request names or describes. */
export interface ShippingRateAsked {
  shipping_rate?: string | undefined;
  shipping_rate_data?: ShippingRateParameters | undefined;
}

/**
 * The rate that a request names, or the one that it describes, which is made; and what it costs in the currency.
 *
 * @throws BillingError parameter_missing, resource_missing, parameter_invalid for an inactive rate or one without an amount in that currency
 */
export function usableShippingRate(changes: ChangeSet, asked: ShippingRateAsked, currency: string): { rate: ShippingRate; amount: number } {
  const rate = rateOf(changes, asked);
  const amount = shippingIn(rate, currency)?.amount;
  if (amount !== undefined) return { rate, amount };
  const message = `The shipping rate ${rate.id} has no amount in ${currency}. Add it with \`fixed_amount[currency_options]\`.`;
  throw new BillingError('parameter_invalid', message, { param: asked.shipping_rate_data ? 'shipping_rate_data' : 'shipping_rate' });
}

function rateOf(changes: ChangeSet, { shipping_rate: id, shipping_rate_data: data }: ShippingRateAsked): ShippingRate {
  if (data) return nestedIn('shipping_rate_data', () => createShippingRate(changes, data));
  const param = 'shipping_rate';
  if (id === undefined) throw new BillingError('parameter_missing', 'Missing required param: shipping_rate.', { param });
  const rate = changes.rows.find('shippingRate', id);
  if (!rate) throw new BillingError('resource_missing', `No such shipping rate: '${id}'`, { param });
  if (rate.active) return rate;
  const message = 'The shipping rate specified is inactive. This field only accepts active shipping rates.';
  throw new BillingError('parameter_invalid', message, { param });
}

function estimateOf({ maximum, minimum }: NonNullable<ShippingRateParameters['delivery_estimate']>): DeliveryEstimate {
  if (maximum && minimum && secondsOf(minimum) > secondsOf(maximum)) {
    const message = 'The `minimum` of `delivery_estimate` must not be longer than its `maximum`.';
    throw new BillingError('parameter_invalid', message, { param: 'delivery_estimate[minimum]' });
  }
  return { maximum: maximum ?? null, minimum: minimum ?? null };
}

const HOUR = 3600;
const SECONDS: Record<DeliveryTime['unit'], number> = {
  hour: HOUR,
  day: 24 * HOUR,
  business_day: 24 * HOUR,
  week: 168 * HOUR,
  month: 720 * HOUR,
};
const secondsOf = ({ unit, value }: DeliveryTime): number => SECONDS[unit] * value;

export interface ShippingRateChange {
  active?: boolean | undefined;
  fixed_amount?: { currency_options?: Record<string, Option> | undefined } | undefined;
  metadata?: Metadata | null | undefined;
  tax_behavior?: TaxBehavior | undefined;
}

/** @throws BillingError parameter_invalid for a tax behavior that is already decided; parameter_missing for a new currency without an amount */
export function updateShippingRate(changes: ChangeSet, id: string, { active, fixed_amount: fixed, ...change }: ShippingRateChange): void {
  const before = changes.rows.get('shippingRate', id);
  const { tax_behavior: behavior = before.taxBehavior, metadata } = change;
  if (before.taxBehavior !== 'unspecified' && behavior !== before.taxBehavior) {
    throw new BillingError('parameter_invalid', 'The `tax_behavior` of a shipping rate cannot be changed once it is set.', {
      param: 'tax_behavior',
    });
  }
  changes.patch('shippingRate', id, {
    ...omitUndefined({ active }),
    taxBehavior: behavior,
    currencyOptions: optionsOf(before.currency, before.currencyOptions, fixed?.currency_options ?? {}),
    metadata: mergeMetadata(before.metadata, metadata),
  });
}

function optionsOf(own: string, before: ShippingRate['currencyOptions'], sent: Record<string, Option>): ShippingRate['currencyOptions'] {
  const changed = Object.entries(sent)
    .filter(([currency]) => currency !== own)
    .map(([currency, option]) => [currency, optionOf(currency, before[currency], option)] as const);
  return { ...before, ...Object.fromEntries(changed) };
}

function optionOf(currency: string, before: ShippingAmount | undefined, { amount = before?.amount, tax_behavior }: Option): ShippingAmount {
  const param = `fixed_amount[currency_options][${currency}][amount]`;
  if (amount === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  return { amount, tax_behavior: tax_behavior ?? before?.tax_behavior ?? 'unspecified' };
}
