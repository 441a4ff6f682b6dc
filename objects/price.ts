import { wholeAmount, type CustomUnitAmount, type Price, type PriceTier, type Recurring } from '../domain/rows/price';
import type { WireCurrencyOptions, WirePrice, WireTier } from './shapes/price';

/** Stripe's price. Tiers and other currencies are shown only when expanded. */
export function toStripePrice(price: Price): WirePrice {
  return {
    id: price.id,
    object: 'price',
    active: price.active,
    billing_scheme: price.billingScheme,
    created: price.created,
    currency: price.currency,
    custom_unit_amount: customUnitAmount(price.customUnitAmount),
    livemode: price.livemode,
    lookup_key: price.lookupKey,
    metadata: price.metadata,
    nickname: price.nickname,
    product: price.product,
    recurring: price.recurring === null ? null : recurring(price.recurring),
    tax_behavior: price.taxBehavior,
    tiers_mode: price.tiersMode,
    transform_quantity: price.transformQuantity,
    type: price.type,
    unit_amount: price.unitAmount,
    unit_amount_decimal: price.unitAmountDecimal,
  };
}

/** `tiers`, of a price and of a plan. */
export function toStripeTiers(tiers: PriceTier[]): WireTier[] {
  return tiers.map(({ up_to, unit_amount_decimal, flat_amount_decimal }) => ({
    flat_amount: wholeAmount(flat_amount_decimal),
    flat_amount_decimal,
    unit_amount: wholeAmount(unit_amount_decimal),
    unit_amount_decimal,
    up_to,
  }));
}

/** `currency_options`, which include the price's own currency, as at Stripe. */
export function toStripeCurrencyOptions(price: Price): WireCurrencyOptions {
  const { unitAmountDecimal: unit_amount_decimal, tiers, customUnitAmount: custom_unit_amount, taxBehavior: tax_behavior } = price;
  const own = { unit_amount_decimal, tiers, custom_unit_amount, tax_behavior };
  const options = Object.entries({ [price.currency]: own, ...price.currencyOptions });
  return Object.fromEntries(
    options.map(([currency, option]) => [
      currency,
      {
        custom_unit_amount: customUnitAmount(option.custom_unit_amount),
        tax_behavior: option.tax_behavior,
        ...(option.tiers === null ? {} : { tiers: toStripeTiers(option.tiers) }),
        unit_amount: wholeAmount(option.unit_amount_decimal),
        unit_amount_decimal: option.unit_amount_decimal,
      },
    ]),
  );
}

function customUnitAmount(amount: CustomUnitAmount | null): CustomUnitAmount | null {
  return amount && { maximum: amount.maximum, minimum: amount.minimum, preset: amount.preset };
}

function recurring({
  interval,
  interval_count,
  usage_type,
  trial_period_days,
  meter,
  dimension_filters,
}: Recurring): WirePrice['recurring'] {
  return {
    interval,
    interval_count,
    meter,
    usage_type,
    trial_period_days,
    ...(Object.keys(dimension_filters).length === 0 ? {} : { dimension_filters }),
  };
}
