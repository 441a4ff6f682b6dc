/**
 * The amounts of a price in its own and other currencies: per unit, by tiers, or customer-chosen, and the same in every currency. A unit
 * amount of `10.00` is stored as 10.
 */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { decimalOf } from '../money/money';
import { nestedIn } from '../core/nested-refusal';
import { wholeAmount, type CurrencyOption, type CustomUnitAmount, type Price } from '../rows/price';
import type { AmountTerms, CustomUnitAmountTerms, PriceTerms } from './terms';
import { tiersOf } from './tiers';
import { LIMITS } from '../core/limits';

type Amounts = Pick<CurrencyOption, 'unit_amount_decimal' | 'tiers' | 'custom_unit_amount'>;
type AmountColumns = Pick<
  Price,
  | 'billingScheme'
  | 'unitAmount'
  | 'unitAmountDecimal'
  | 'tiersMode'
  | 'tiers'
  | 'transformQuantity'
  | 'customUnitAmount'
  | 'currencyOptions'
  | 'taxBehavior'
>;

/**
 * The amount columns of a new price.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, parameter_invalid
 */
export function amountColumns(terms: PriceTerms): AmountColumns {
  assertScheme(terms);
  const own = amountsOf(terms);
  if (own.custom_unit_amount !== null && terms.recurring) {
    throw invalid('`custom_unit_amount` can only be used with one-time prices.', 'custom_unit_amount');
  }
  const currencyOptions = currencyOptionsOf(terms.currency, own, terms.currency_options ?? {});
  assertTierTotal(own.tiers, currencyOptions);
  return {
    billingScheme: terms.billing_scheme ?? 'per_unit',
    unitAmount: wholeAmount(own.unit_amount_decimal),
    unitAmountDecimal: own.unit_amount_decimal,
    tiersMode: terms.tiers_mode ?? null,
    tiers: own.tiers,
    transformQuantity: terms.transform_quantity ?? null,
    customUnitAmount: own.custom_unit_amount,
    currencyOptions,
    taxBehavior: terms.tax_behavior ?? 'unspecified',
  };
}

/**
 * Refuses too many tiers over all currencies.
 *
 * @throws BillingError parameter_invalid
 */
export function assertTierTotal(own: CurrencyOption['tiers'], options: Record<string, CurrencyOption>): void {
  const count = Object.values(options).reduce((sum, { tiers }) => sum + (tiers?.length ?? 0), own?.length ?? 0);
  const { max } = LIMITS.tierTotal;
  if (count > max)
    throw invalid(`A price can have at most ${String(max)} tiers in all its currencies, not ${String(count)}.`, 'currency_options');
}

/** Further currencies of a price with the amounts `own` in its own currency. */
export function currencyOptionsOf(currency: string, own: Amounts, options: Record<string, AmountTerms>): Record<string, CurrencyOption> {
  return Object.fromEntries(
    Object.entries(options).map(([other, terms]) => {
      const param = `currency_options[${other}]`;
      if (other === currency) throw invalid(`${OWN_CURRENCY} Remove this option and use the price's own parameters instead.`, param);
      return [other, optionOf(own, terms, param)];
    }),
  );
}

const OWN_CURRENCY = "You are specifying a currency option that matches the price's own currency.";

function optionOf(own: Amounts, terms: AmountTerms, param: string): CurrencyOption {
  const amounts = nestedIn(param, () => amountsOf(terms));
  for (const name of ['unit_amount_decimal', 'tiers', 'custom_unit_amount'] as const) {
    if ((own[name] === null) === (amounts[name] === null)) continue;
    throw invalid('Every currency of a price must be priced in the same way as its own.', param);
  }
  return { ...amounts, tax_behavior: terms.tax_behavior ?? 'unspecified' };
}

/** The amounts of exactly one kind of pricing. */
function amountsOf({ unit_amount, unit_amount_decimal, tiers, custom_unit_amount }: AmountTerms): Amounts {
  const ways = { unit_amount, unit_amount_decimal, tiers, custom_unit_amount };
  const sent = Object.entries(ways).filter(([, value]) => value !== undefined);
  if (sent.length > 1) throw exclusive(sent.map(([name]) => name));
  if (sent.length === 0) {
    throw new BillingError('parameter_missing', `Missing required param: unit_amount. ${NEEDS_ONE}`, { param: 'unit_amount' });
  }
  return {
    unit_amount_decimal: unit_amount === undefined ? (unit_amount_decimal ?? null) : decimalOf(unit_amount),
    tiers: tiers ? tiersOf(tiers, 'tiers') : null,
    custom_unit_amount: custom_unit_amount ? customUnitAmountOf(custom_unit_amount) : null,
  };
}

const NEEDS_ONE = 'A price needs one of `unit_amount`, `unit_amount_decimal`, `tiers` and `custom_unit_amount`.';

function assertScheme(terms: PriceTerms): void {
  refusePackages(terms);
  const { billing_scheme: scheme, tiers, tiers_mode: mode } = terms;
  if (scheme === 'tiered') {
    if (!tiers) throw missing('tiers');
    if (!mode) throw missing('tiers_mode');
    return;
  }
  const param = tiers ? 'tiers' : 'tiers_mode';
  if (tiers ?? mode) throw invalid(`You can only set \`${param}\` if \`billing_scheme\` is \`tiered\`.`, param);
}

/** Only per-unit pricing can use packages. */
function refusePackages({ transform_quantity: transform, tiers, custom_unit_amount: custom }: PriceTerms): void {
  if (!transform) return;
  if (tiers) throw exclusive(['tiers', 'transform_quantity']);
  if (custom) throw exclusive(['custom_unit_amount', 'transform_quantity']);
}

function customUnitAmountOf({ enabled, ...bounds }: CustomUnitAmountTerms): CustomUnitAmount {
  const at = (name: string): string => `custom_unit_amount[${name}]`;
  if (!enabled) throw invalid('Set `enabled` to true, or leave `custom_unit_amount` out.', at('enabled'));
  const amount = { minimum: null, maximum: null, preset: null, ...omitUndefined(bounds) };
  const [least, most] = [amount.minimum ?? 0, amount.maximum ?? Infinity];
  if (most < least) throw invalid('The maximum must not be less than the minimum.', at('maximum'));
  const preset = amount.preset ?? least;
  if (preset < least || preset > most) throw invalid('The preset must be between minimum and maximum.', at('preset'));
  return amount;
}

const invalid = (message: string, param: string): BillingError => new BillingError('parameter_invalid', message, { param });

const missing = (param: string): BillingError =>
  new BillingError('parameter_missing', `Missing required param: ${param}. Prices with \`billing_scheme=tiered\` need it.`, { param });

function exclusive(names: string[]): BillingError {
  const message = `You may only specify one of these parameters: ${names.join(', ')}.`;
  return new BillingError('parameters_exclusive', message, { param: names[1] ?? '' });
}
