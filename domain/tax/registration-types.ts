/** Which registrations each country offers: https://docs.stripe.com/api/tax/registrations. Stripe has none for Brazil, Israel or Argentina. */
import type { PlaceOfSupplyScheme, TaxRegistrationType } from '../rows/tax-registration';
import { MEMBER_STATES } from './places';

const UNION: readonly TaxRegistrationType[] = ['standard', 'oss_union', 'oss_non_union', 'ioss'];
const STANDARD = 'AE AL AO AU AW BA BB BD BF BH BS CD CH ET GB GN IS JP ME MK MR NO NZ OM RS SG SR UY ZA ZW'.split(' ');
const SIMPLIFIED =
  'AM AZ BJ BY CL CM CO CR CV EC EG GE ID IN KE KG KH KR KZ LA LK MA MD MX MY NG NP PE PH RU SA SN TH TJ TR TW TZ UA UG UZ VN ZM'.split(
    ' ',
  );

const all = (countries: readonly string[], types: readonly TaxRegistrationType[]) => countries.map((country) => [country, types] as const);

/** By country, in upper case. Igic is Spain's, for the Canary Islands. */
export const REGISTRATION_TYPES: ReadonlyMap<string, readonly TaxRegistrationType[]> = new Map([
  ...all(MEMBER_STATES, UNION),
  ['ES', [...UNION, 'igic'] as const],
  ['CA', ['simplified', 'standard', 'province_standard'] as const],
  ['US', ['state_sales_tax'] as const],
  ...all(STANDARD, ['standard']),
  ...all(SIMPLIFIED, ['simplified']),
]);

/** Provinces with a tax and a registration of their own. */
export const PROVINCES_WITH_TAX = ['BC', 'MB', 'QC', 'SK'] as const;

/** Member states have all schemes, others that have a standard registration the two that concern goods. */
export function schemesOf(country: string): readonly [PlaceOfSupplyScheme, ...PlaceOfSupplyScheme[]] {
  return MEMBER_STATES.includes(country) ? ['standard', 'small_seller', 'inbound_goods'] : ['standard', 'inbound_goods'];
}
