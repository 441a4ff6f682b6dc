/** A tax id as a buyer enters it: a country and a number, without Stripe's name of its type. */
import { countryOfTaxId, TAX_ID_TYPES, type TaxId, type TaxIdType } from '../rows/tax-id';
import { isTaxIdOf } from './tax-id-formats';
import { isTestValue } from './tax-id-verification';

/** Greece writes the prefix of its own name. */
const PREFIXES: Record<string, string> = { GR: 'EL' };

/**
 * The tax id of the first type of the country that the number can be of, value added tax first. The country's prefix may be left out. Null if
 * it can be of none.
 */
export function enteredTaxId(country: string, number: string, livemode: boolean): Pick<TaxId, 'type' | 'value'> | null {
  const prefix = PREFIXES[country] ?? country;
  const values = [number, `${prefix}${number}`];
  const candidates = typesOf(country).flatMap((type) => values.map((value) => ({ type, value })));
  const fits = candidates.filter((taxId) => isTestValue(livemode, taxId) || isTaxIdOf(taxId.type, taxId.value));
  return fits.find((taxId) => countryOfTaxId(taxId) === country) ?? null;
}

/** Whether the country has tax ids that a buyer could enter. */
export const hasTaxIds = (country: string): boolean => typesOf(country).length > 0;

const UNION = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

function typesOf(country: string): TaxIdType[] {
  const own = TAX_ID_TYPES.filter((type) => !type.startsWith('eu_') && type.slice(0, 2).toUpperCase() === country);
  const first = own.filter((type) => type.endsWith('_vat'));
  const others = own.filter((type) => !type.endsWith('_vat'));
  return [...(UNION.includes(country) ? (['eu_vat'] as const) : []), ...first, ...others];
}
