import { name } from '../http/parameters';

/** The countries to which Stripe's checkout sends goods; `ZZ` is any other. */
export const DELIVERY_COUNTRIES = (
  'AC AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CD CF CG CH ' +
  'CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ ' +
  'GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT ' +
  'LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK ' +
  'PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL ' +
  'TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ'
).split(' ') as [string, ...string[]];

/** Those of ISO 3166-1 besides. */
const OTHER_COUNTRIES = ['AS', 'CC', 'CU', 'CX', 'FM', 'HM', 'IR', 'KP', 'MH', 'MP', 'NF', 'PW', 'SY', 'UM', 'VI'];
const COUNTRIES: ReadonlySet<string> = new Set([...DELIVERY_COUNTRIES, ...OTHER_COUNTRIES].filter((code) => code !== 'ZZ'));

/** The two letters of a country that exists, in any case. */
export const country = () =>
  name({ max: 100 })
    .transform((value) => value.toUpperCase())
    .refine((value) => COUNTRIES.has(value), 'Invalid country: it must be one of the two-letter codes of ISO 3166-1');
