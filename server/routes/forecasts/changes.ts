/** The changes that a forecast compares: of prices, taxes, and policies of the account. */
import { LIMITS } from '../../../domain/core/limits';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import type { ForecastChanges, PriceReplacement } from '../../../domain/rows/forecast';
import type { Price } from '../../../domain/rows/price';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { ParameterError } from '../../http/parameter-error';
import { array, decimal, id, integer, name, object, oneOf, unitAmountDecimal } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { countryOptions, registrationOf } from '../tax-registrations/parameters';
import type { z } from 'zod';

const most = LIMITS.forecastChanges;
const YEAR = 365 * 86_400;

const schema = object({
  prices: array(object({ from: id(), to: id().optional(), unit_amount_decimal: unitAmountDecimal().optional() }), most).optional(),
  settings: object({
    dunning: object({
      ends_in: oneOf(['cancel', 'unpaid', 'past_due']).optional(),
      retry_after_seconds: array(integer({ min: 1, max: YEAR }), { max: 20 }).optional(),
    }).optional(),
    invoices: object({ consolidation: oneOf(['none', 'same_day']).optional() }).optional(),
  }).optional(),
  tax_rates: array(object({ percentage: decimal({ decimals: 4, min: 0, max: 100 }), tax_rate: id() }), most).optional(),
  tax_registrations: array(object({ country: name({ max: 2 }), country_options: countryOptions() }), most).optional(),
});

export const forecastChanges = (): typeof schema => schema;

type Asked = z.output<typeof schema>;

/** @throws BillingError parameter_missing, parameters_exclusive, parameter_invalid, resource_missing, each naming the parameter */
export async function changesOf(request: ApiRequest<unknown>, asked: Asked): Promise<ForecastChanges> {
  atLeastOne(asked, ['prices', 'settings', 'tax_rates', 'tax_registrations'], 'changes');
  const { prices = [], settings = {}, tax_rates: rates = [], tax_registrations: registrations = [] } = asked;
  for (const [index, { tax_rate: rate }] of rates.entries()) {
    await request.find('taxRate', rate, `changes[tax_rates][${String(index)}][tax_rate]`);
  }
  return {
    prices: await replacementsOf(request, prices),
    settings: omitUndefined({
      dunning: settings.dunning && omitUndefined(settings.dunning),
      invoices: settings.invoices && omitUndefined(settings.invoices),
    }),
    tax_rates: rates,
    tax_registrations: registrations.map(({ country, country_options: options }) => registrationOf(country, options)),
  };
}

async function replacementsOf(request: ApiRequest<unknown>, prices: NonNullable<Asked['prices']>): Promise<PriceReplacement[]> {
  const replacements: PriceReplacement[] = [];
  for (const [index, each] of prices.entries()) {
    const path = `changes[prices][${String(index)}]`;
    atLeastOne(each, ['to', 'unit_amount_decimal'], path);
    onlyOne(each, ['to', 'unit_amount_decimal'], path);
    await refuseOtherTerms(request, each, path);
    replacements.push({ from: each.from, to: each.to ?? null, unit_amount_decimal: each.unit_amount_decimal ?? null });
  }
  return replacements;
}

/** The other price is billed at the same times, in the same currency, for the same. */
async function refuseOtherTerms(
  request: ApiRequest<unknown>,
  { from, to }: { from: string; to?: string | undefined },
  path: string,
): Promise<void> {
  const was = await request.find('price', from, `${path}[from]`);
  if (to === undefined) {
    if (was.billingScheme === 'per_unit' && was.customUnitAmount === null) return;
    throw new ParameterError(
      'parameter_invalid',
      'A price with tiers has no unit amount. Name another price instead.',
      `${path}[unit_amount_decimal]`,
    );
  }
  const is = await request.find('price', to, `${path}[to]`);
  if (timesOf(was) === timesOf(is)) return;
  const what = 'It must have the currency, the interval, the usage type and the meter of the price that it replaces.';
  throw new ParameterError('parameter_invalid', what, `${path}[to]`);
}

const timesOf = ({ currency, recurring }: Price): string =>
  JSON.stringify([
    currency,
    recurring?.interval,
    recurring?.interval_count,
    recurring?.usage_type,
    recurring?.meter,
    recurring?.dimension_filters,
  ]);
