/** The time zone in which a place's law changes, at midnight. */

/** By place, or by country where the whole country changes at once: the clock of the capital. */
const ZONES: Record<string, string> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  'PT-20': 'Atlantic/Azores',
  'PT-30': 'Atlantic/Madeira',
  'ES-CN': 'Atlantic/Canary',
  MC: 'Europe/Monaco',
  GP: 'America/Guadeloupe',
  MQ: 'America/Martinique',
  RE: 'Indian/Reunion',
  GF: 'America/Cayenne',
  YT: 'Indian/Mayotte',
  GB: 'Europe/London',
  IM: 'Europe/Isle_of_Man',
  CH: 'Europe/Zurich',
  LI: 'Europe/Vaduz',
  NO: 'Europe/Oslo',
  IS: 'Atlantic/Reykjavik',
  TR: 'Europe/Istanbul',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  GE: 'Asia/Tbilisi',
  GI: 'Europe/Gibraltar',
  SJ: 'Arctic/Longyearbyen',
  GL: 'America/Nuuk',
  VA: 'Europe/Vatican',
  AU: 'Australia/Sydney',
  NZ: 'Pacific/Auckland',
  IN: 'Asia/Kolkata',
  SG: 'Asia/Singapore',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  KZ: 'Asia/Almaty',
  ID: 'Asia/Jakarta',
  MY: 'Asia/Kuala_Lumpur',
  TH: 'Asia/Bangkok',
  PH: 'Asia/Manila',
  VN: 'Asia/Ho_Chi_Minh',
  TW: 'Asia/Taipei',
  HK: 'Asia/Hong_Kong',
  ZA: 'Africa/Johannesburg',
  KE: 'Africa/Nairobi',
  NG: 'Africa/Lagos',
  EG: 'Africa/Cairo',
  MA: 'Africa/Casablanca',
  AE: 'Asia/Dubai',
  SA: 'Asia/Riyadh',
  BH: 'Asia/Bahrain',
  OM: 'Asia/Muscat',
  MX: 'America/Mexico_City',
  CL: 'America/Santiago',
  CO: 'America/Bogota',
  PE: 'America/Lima',
  EC: 'America/Guayaquil',
  CR: 'America/Costa_Rica',
  UY: 'America/Montevideo',
  CA: 'America/Toronto',
  'CA-NS': 'America/Halifax',
  'CA-NB': 'America/Moncton',
  'CA-NL': 'America/St_Johns',
  'CA-PE': 'America/Halifax',
  'CA-MB': 'America/Winnipeg',
  'CA-SK': 'America/Regina',
  'CA-AB': 'America/Edmonton',
  'CA-BC': 'America/Vancouver',
  'CA-YT': 'America/Whitehorse',
  'CA-NT': 'America/Yellowknife',
  'CA-NU': 'America/Iqaluit',
  US: 'America/New_York',
  'US-AZ': 'America/Phoenix',
  'US-HI': 'Pacific/Honolulu',
  'US-AK': 'America/Anchorage',
  'US-ID': 'America/Boise',
};

const CENTRAL = 'AR IL IA KS LA MN MO ND NE OK SD TN TX WI'.split(' ');
const MOUNTAIN = 'CO MT NM UT WY'.split(' ');
const PACIFIC = 'CA NV OR WA'.split(' ');

/**
 * The IANA name of the time zone of a place.
 *
 * @throws Error if the table has no zone for it, which is a mistake in the table
 */
function timeZoneOf(place: string): string {
  const [country = '', part = ''] = place.split('-');
  const zone = ZONES[place] ?? (country === 'US' ? stateZone(part) : undefined) ?? ZONES[country];
  if (zone === undefined) throw new Error(`the place ${place} has no time zone`);
  return zone;
}

/** The day at an instant (epoch seconds) on the calendar of a place: `2025-06-30` in Tallinn at 2025-06-30T20:59:59Z. */
export function dayIn(place: string, instant: number): string {
  const zone = timeZoneOf(place);
  let format = FORMATS.get(zone);
  if (!format) FORMATS.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })));
  return format.format(new Date(instant * 1000));
}

/** A format takes a hundred times as long to make as to use. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function stateZone(state: string): string | undefined {
  if (CENTRAL.includes(state)) return 'America/Chicago';
  if (MOUNTAIN.includes(state)) return 'America/Denver';
  return PACIFIC.includes(state) ? 'America/Los_Angeles' : undefined;
}
