/** From an address to the place whose tax applies. */
import type { Address } from '../rows/resource';
import type { Place } from '../rows/tax-calculation';
import { territoriesOf, TERRITORIES, type Territory } from './territories';
import { provinceOf, stateOf } from './north-america';

export const MEMBER_STATES: readonly string[] = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(
  ' ',
);

/** These share one tax with another country: a registration there covers them, and a seller there sells at home. */
const SHARED_AREAS: Record<string, string> = { IM: 'GB', LI: 'CH', MC: 'FR' };

/** The country whose registrations cover a place. */
export function areaOf({ id, country, member }: Place): string {
  return member ?? SHARED_AREAS[id] ?? country;
}

/** The country to which the tax of a country is owed: FR for Monaco. */
export const taxCountryOf = (country: string): string => SHARED_AREAS[country] ?? country;

type PartOfAddress = Partial<Pick<Address, 'country' | 'postal_code' | 'state'>>;

/**
 * The place of an address; null if the address does not say enough. In the United States it needs a ZIP code, in Canada and India a province
 * or postal code. Everywhere else the country is enough: a postal code or state only shows whether it is a special territory.
 */
export function placeOf(address: PartOfAddress): Place | null {
  const country = (address.country ?? '').trim().toUpperCase();
  const postalCode = (address.postal_code ?? '').trim().toUpperCase();
  const state = (address.state ?? '').trim();
  if (!/^[A-Z]{2}$/.test(country)) return null;
  if (country === 'US') return partOf(country, stateOf(postalCode, state));
  if (country === 'CA') return partOf(country, provinceOf(postalCode, state));
  if (country === 'IN' && postalCode === '' && state === '') return null;
  return inTerritory(country, postalCode, state);
}

function partOf(country: string, state: string | null): Place | null {
  return state === null ? null : { id: `${country}-${state}`, country, state, member: null, isInUnion: false };
}

/** Null if postal code and state name two territories. Where only one of them names a territory, that territory is it. */
function inTerritory(country: string, postalCode: string, state: string): Place | null {
  const { byPostalCode, byState } = territoriesOf(country, postalCode, state);
  if (byPostalCode && byState && byPostalCode !== byState) return null;
  const territory = byPostalCode ?? byState ?? TERRITORIES.find(({ place }) => place === country);
  if (territory) return placeOfTerritory(territory);
  const isMember = MEMBER_STATES.includes(country);
  return { id: country, country, state: null, member: isMember ? country : null, isInUnion: isMember };
}

function placeOfTerritory({ place, country, standing }: Territory): Place {
  const isMembers = MEMBER_STATES.includes(country) && standing !== 'outside';
  const isCountry = place.length === 2;
  return {
    id: place,
    country: isCountry ? place : country,
    state: isCountry ? null : place.slice(3),
    member: isMembers ? country : null,
    isInUnion: isMembers && standing === 'inside',
  };
}
