import { BillingError } from '../../../domain/core/errors';
import type { PlaceOfSupplyScheme, TaxRegistration, TaxRegistrationType } from '../../../domain/rows/tax-registration';
import { STATES } from '../../../domain/tax/north-america';
import { PROVINCES_WITH_TAX, REGISTRATION_TYPES, schemesOf } from '../../../domain/tax/registration-types';
import { object, oneOf } from '../../http/parameters';

const [firstState = 'AL', ...otherStates] = STATES;

/** What the options of one country say. */
interface Options {
  type: TaxRegistrationType;
  standard?: { place_of_supply_scheme: PlaceOfSupplyScheme } | undefined;
  state?: string | undefined;
  province_standard?: { province: string } | undefined;
}

/** `country_options[de][type]=oss_union`: each country with the types that it offers. */
export function countryOptions() {
  const shape = [...REGISTRATION_TYPES].map(([country, types]) => [country.toLowerCase(), optionsOf(country, types).optional()] as const);
  return object(Object.fromEntries(shape));
}

function optionsOf(country: string, types: readonly TaxRegistrationType[]) {
  const [first = 'standard', ...others] = types;
  return object({
    type: oneOf([first, ...others]),
    ...(types.includes('standard') ? { standard: object({ place_of_supply_scheme: oneOf(schemesOf(country)) }).optional() } : {}),
    ...(types.includes('state_sales_tax') ? { state: oneOf([firstState, ...otherStates]) } : {}),
    ...(types.includes('province_standard') ? { province_standard: object({ province: oneOf(PROVINCES_WITH_TAX) }).optional() } : {}),
  });
}

/**
 * The registration that a country and its options describe.
 *
 * @throws BillingError parameter_invalid for a country without registrations, parameter_missing without its options or province
 */
export function registrationOf(
  given: string,
  options: Record<string, unknown>,
): Pick<TaxRegistration, 'country' | 'type' | 'scheme' | 'state'> {
  const country = given.toUpperCase();
  if (!REGISTRATION_TYPES.has(country))
    throw new BillingError('parameter_invalid', `Tax registrations in ${country} are not supported.`, { param: 'country' });
  const own = options[country.toLowerCase()] as Options | undefined;
  const param = `country_options[${country.toLowerCase()}]`;
  if (!own) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const { type, standard, state, province_standard: province } = own;
  if (type === 'province_standard' && !province) {
    const missing = `${param}[province_standard][province]`;
    throw new BillingError('parameter_missing', `Missing required param: ${missing}.`, { param: missing });
  }
  const isInPart = type === 'province_standard' ? province?.province : state;
  return { country, type, scheme: schemeOf(type, standard?.place_of_supply_scheme), state: isInPart ?? null };
}

/** A standard registration says where supplies count, in the countries of which Stripe's type asks for it. */
function schemeOf(type: TaxRegistrationType, scheme: PlaceOfSupplyScheme | undefined): PlaceOfSupplyScheme | null {
  return type === 'standard' ? (scheme ?? 'standard') : null;
}
