/** Further currencies of an existing price: they can be added, and their amounts are then as fixed as its own. */
import { BillingError } from '../core/errors';
import type { CurrencyOption, Price } from '../rows/price';
import { assertTierTotal, currencyOptionsOf } from './amounts';
import type { AmountTerms } from './terms';

/**
 * For an existing currency, only an unspecified tax behavior can still be set.
 *
 * @throws BillingError parameter_invalid, and as for the amounts of a new price
 */
export function addedCurrencies(price: Price, params: Record<string, AmountTerms> | null | undefined): Record<string, CurrencyOption> {
  if (params === undefined) return price.currencyOptions;
  if (params === null && Object.keys(price.currencyOptions).length > 0) throw invalid(CANNOT_GO, 'currency_options');
  const amounts = {
    unit_amount_decimal: price.unitAmountDecimal,
    tiers: price.tiers,
    custom_unit_amount: price.customUnitAmount,
  };
  const given = Object.entries(params ?? {});
  const repriced = Object.fromEntries(given.filter(([currency, terms]) => !isTaxOnly(price, currency, terms)));
  const added = currencyOptionsOf(price.currency, amounts, repriced);
  for (const [currency, option] of Object.entries(added)) assertUnchanged(price.currencyOptions[currency], option, currency);
  const options = { ...price.currencyOptions, ...added, ...settledTaxes(price, given) };
  assertTierTotal(price.tiers, options);
  return options;
}

const CANNOT_GO = 'A currency that a price is offered in cannot be taken away: archive the price and make another.';

function isTaxOnly(price: Price, currency: string, terms: AmountTerms): boolean {
  const { unit_amount, unit_amount_decimal, tiers, custom_unit_amount } = terms;
  const isPriced = [unit_amount, unit_amount_decimal, tiers, custom_unit_amount].some((each) => each !== undefined);
  return price.currencyOptions[currency] !== undefined && !isPriced;
}

function assertUnchanged(before: CurrencyOption | undefined, after: CurrencyOption, currency: string): void {
  if (!before) return;
  const param = `currency_options[${currency}]`;
  if (amountsIn(before) !== amountsIn(after))
    throw invalid('What a price costs in a currency cannot be changed: make another price.', param);
}

/** A text for comparison, independent of the order of properties. */
function amountsIn({ unit_amount_decimal, tiers, custom_unit_amount: custom }: CurrencyOption): string {
  const rates = tiers?.map((tier) => [tier.up_to, tier.unit_amount_decimal, tier.flat_amount_decimal]);
  return JSON.stringify([unit_amount_decimal, rates, custom && [custom.minimum, custom.maximum, custom.preset]]);
}

function settledTaxes(price: Price, given: [string, AmountTerms][]): Record<string, CurrencyOption> {
  const known = given.flatMap(([currency, { tax_behavior: behavior }]) => {
    const before = price.currencyOptions[currency];
    if (!before) return [];
    const tax_behavior = behavior ?? before.tax_behavior;
    if (before.tax_behavior !== 'unspecified' && tax_behavior !== before.tax_behavior) {
      const param = `currency_options[${currency}][tax_behavior]`;
      throw invalid('Once specified as either inclusive or exclusive, tax_behavior cannot be changed.', param);
    }
    return [[currency, { ...before, tax_behavior }] as const];
  });
  return Object.fromEntries(known);
}

const invalid = (message: string, param: string): BillingError => new BillingError('parameter_invalid', message, { param });
