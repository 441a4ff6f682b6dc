/**
 * Territories whose tax differs from that of the country in their address, and how an address shows that it is in one. The law decides, also
 * where Stripe does otherwise (docs/tax.md lists the differences).
 */

/**
 * `inside`: in the Union's VAT area, with a rate of its own. `domestic`: the member's own tax law applies, the Union's One Stop Shop does not.
 * `outside`: another tax, or none.
 */
type Standing = 'inside' | 'domestic' | 'outside';

export interface Territory {
  place: string;
  /** The country of the address. */
  country: string;
  standing: Standing;
  /** Codes of the territory start so. */
  postal: RegExp;
  /** Names of the territory in `state`, in lower case. */
  states: readonly string[];
}

/** Addresses write these as parts of another country, and their banks are banks of that country. */
const COUNTRIES: Record<string, string> = {
  GP: 'FR',
  MQ: 'FR',
  RE: 'FR',
  GF: 'FR',
  YT: 'FR',
  MC: 'FR',
  VA: 'IT',
  SM: 'IT',
  IM: 'GB',
  GG: 'GB',
  JE: 'GB',
  SJ: 'NO',
};

/** The country that an address, a bank or a tax id of a country may name instead of it: FR for Monaco. */
export const writtenCountryOf = (country: string): string => COUNTRIES[country] ?? country;

const territory = (place: string, standing: Standing, postal: RegExp, states: string): Territory => ({
  ...{ place, standing, postal },
  country: writtenCountryOf(place.slice(0, 2)),
  states: states === '' ? [] : states.split('|'),
});

export const TERRITORIES: readonly Territory[] = [
  territory('AT-JM', 'inside', /^(6691|699[1-3])$/, ''),
  territory('PT-20', 'inside', /^9[5-9]/, '20|açores|azores'),
  territory('PT-30', 'inside', /^9[0-4]/, '30|madeira'),
  territory('GP', 'domestic', /^971/, 'gp|guadeloupe'),
  territory('MQ', 'domestic', /^972/, 'mq|martinique'),
  territory('RE', 'domestic', /^974/, 're|réunion|reunion|la réunion'),
  // What is sold to Monaco is sold to France (directive 2006/112/EC, art. 7), also under the One Stop Shop.
  territory('MC', 'inside', /^980/, 'mc|monaco'),
  territory('GF', 'outside', /^973/, 'gf|guyane|french guiana'),
  territory('YT', 'outside', /^976/, 'yt|mayotte'),
  territory('ES-CN', 'outside', /^(35|38)/, 'cn|gc|tf|canarias|las palmas|santa cruz de tenerife'),
  territory('ES-CE', 'outside', /^51/, 'ce|ceuta'),
  territory('ES-ML', 'outside', /^52/, 'ml|melilla'),
  territory('DE-BUE', 'outside', /^78266$/, ''),
  territory('DE-HEL', 'outside', /^27498$/, ''),
  territory('IT-LIV', 'outside', /^23041$/, ''),
  territory('IT-CAM', 'outside', /^22061$/, ''),
  territory('VA', 'outside', /^00120$/, ''),
  territory('SM', 'outside', /^4789\d$/, ''),
  territory('FI-01', 'outside', /^22/, '01|åland|ahvenanmaa'),
  territory('GR-69', 'outside', /^6308[67]$/, '69|άγιον όρος|mount athos'),
  territory('IM', 'domestic', /^IM/, 'im|isle of man'),
  territory('GG', 'outside', /^GY/, 'gg|guernsey'),
  territory('JE', 'outside', /^JE/, 'je|jersey'),
  territory('SJ', 'outside', /^(917|8099$)/, 'svalbard|jan mayen'),
];

/** Where an address in a country lies by its postal code, and by its state; null: no territory. They must agree. */
export function territoriesOf(
  country: string,
  postalCode: string,
  state: string,
): { byPostalCode: Territory | null; byState: Territory | null } {
  const own = TERRITORIES.filter((candidate) => candidate.country === country);
  return {
    byPostalCode: own.find(({ postal }) => postal.test(postalCode)) ?? null,
    byState: own.find(({ states }) => states.includes(state.toLowerCase())) ?? null,
  };
}
