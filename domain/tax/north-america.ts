/** States of the United States by ZIP code, and provinces of Canada by postal code. */

/** The first three digits of ZIP codes, as the postal service assigns them (Publication 65): ranges, both ends included. */
const ZIP_RANGES: Record<string, string> = {
  AL: '350-369',
  AK: '995-999',
  AZ: '850-865',
  AR: '716-729',
  CA: '900-961',
  CO: '800-816',
  CT: '060-062 064-069',
  DC: '200-200 202-205 569-569',
  DE: '197-199',
  FL: '320-339 341-349',
  GA: '300-319 398-399',
  HI: '967-968',
  ID: '832-838',
  IL: '600-629',
  IN: '460-479',
  IA: '500-528',
  KS: '660-679',
  KY: '400-427',
  LA: '700-714',
  ME: '039-049',
  MD: '206-219',
  MA: '010-027 055-055',
  MI: '480-499',
  MN: '550-567',
  MS: '386-397',
  MO: '630-658',
  MT: '590-599',
  NE: '680-693',
  NV: '889-898',
  NH: '030-038',
  NJ: '070-089',
  NM: '870-884',
  NY: '005-005 063-063 100-149',
  NC: '270-289',
  ND: '580-588',
  OH: '430-459',
  OK: '730-732 734-749',
  OR: '970-979',
  PA: '150-196',
  PR: '006-007 009-009',
  RI: '028-029',
  SC: '290-299',
  SD: '570-577',
  TN: '370-385',
  TX: '733-733 750-799 885-885',
  UT: '840-847',
  VT: '050-054 056-059',
  VA: '201-201 220-246',
  VI: '008-008',
  WA: '980-994',
  WV: '247-268',
  WI: '530-549',
  WY: '820-831',
  GU: '969-969',
  MIL: '090-098 340-340 962-966',
};

/** States and territories of the United States. Military post offices are in none. */
export const STATES: readonly string[] = Object.keys(ZIP_RANGES).filter((code) => code !== 'MIL');

const FIRST_LETTERS: Record<string, string> = {
  A: 'NL',
  B: 'NS',
  C: 'PE',
  E: 'NB',
  G: 'QC',
  H: 'QC',
  J: 'QC',
  K: 'ON',
  L: 'ON',
  M: 'ON',
  N: 'ON',
  P: 'ON',
  R: 'MB',
  S: 'SK',
  T: 'AB',
  V: 'BC',
  Y: 'YT',
};
/** The Northwest Territories and Nunavut share the letter X. */
const NUNAVUT = ['X0A', 'X0B', 'X0C'];

const PROVINCES: Record<string, string> = {
  alberta: 'AB',
  'british columbia': 'BC',
  manitoba: 'MB',
  'new brunswick': 'NB',
  newfoundland: 'NL',
  'newfoundland and labrador': 'NL',
  'nova scotia': 'NS',
  'northwest territories': 'NT',
  nunavut: 'NU',
  ontario: 'ON',
  'prince edward island': 'PE',
  quebec: 'QC',
  québec: 'QC',
  saskatchewan: 'SK',
  yukon: 'YT',
};

/**
 * The state of a ZIP code, `12345` or `12345-6789`. `MIL` stands for military post offices, which no state taxes. Null without a ZIP code, and
 * where the named state is another one.
 */
export function stateOf(postalCode: string, named: string): string | null {
  const [, digits] = /^(\d{3})\d{2}(-?\d{4})?$/.exec(postalCode) ?? [];
  if (digits === undefined) return null;
  const state = Object.entries(ZIP_RANGES).find(([, ranges]) => ranges.split(' ').some((range) => isWithin(digits, range)))?.[0] ?? null;
  const code = named.toUpperCase();
  const isOther = /^[A-Z]{2}$/.test(code) && code !== state && state !== 'MIL';
  return isOther ? null : state;
}

/** The province that is named, by code or by name, else that of the postal code. Null if they differ, or if neither shows one. */
export function provinceOf(postalCode: string, named: string): string | null {
  const byName = Object.values(PROVINCES).find((code) => code === named.toUpperCase()) ?? PROVINCES[named.toLowerCase()] ?? null;
  const byCode = byPostalCode(postalCode);
  if (byName !== null && byCode !== null && byName !== byCode) return null;
  return byName ?? byCode;
}

function byPostalCode(postalCode: string): string | null {
  if (!/^[A-Z]\d[A-Z]/.test(postalCode)) return null;
  if (postalCode.startsWith('X')) return NUNAVUT.includes(postalCode.slice(0, 3)) ? 'NU' : 'NT';
  return FIRST_LETTERS[postalCode.slice(0, 1)] ?? null;
}

function isWithin(digits: string, range: string): boolean {
  const [first = '', last = ''] = range.split('-');
  return first <= digits && digits <= last;
}
