import type { ReactNode } from 'react';
import { LANGUAGES, type Locale } from '../words/languages';
import { Field } from './field';

export interface EnteredAddress {
  line1: string;
  postal_code: string;
  city: string;
  state: string;
  country: string;
}

interface AddressFieldsProps {
  /** Before the names of the fields. */
  prefix?: string;
  /** What browsers call this address. */
  section?: 'billing' | 'shipping';
  entered: EnteredAddress;
  locale: Locale;
  /** Two letters each; by default those of the whole world. */
  countries?: readonly string[];
}

/** Countries that write the code after the city. */
const CODE_LAST = ['US', 'CA', 'AU', 'GB', 'JP'];

/** A postal address in the order of its country. */
export function AddressFields({ prefix = '', section = 'billing', entered, locale, countries = COUNTRIES }: AddressFieldsProps): ReactNode {
  const words = LANGUAGES[locale.language];
  const of = (name: keyof EnteredAddress, fill: string, maxLength: number) => ({
    name: `${prefix}${name}`,
    autoComplete: `${section} ${fill}`,
    defaultValue: entered[name],
    maxLength,
  });
  const code = <Field label={words.postalCode} {...of('postal_code', 'postal-code', 20)} />;
  const city = <Field label={words.city} {...of('city', 'address-level2', 100)} />;
  const isCodeLast = CODE_LAST.includes(entered.country);
  return (
    <>
      <Country {...of('country', 'country', 2)} label={words.country} tag={locale.tag} countries={countries} />
      <Field label={words.address} required {...of('line1', 'address-line1', 250)} />
      <div className="pair">
        {isCodeLast ? city : code}
        {isCodeLast ? code : city}
      </div>
      <Field label={words.state} {...of('state', 'address-level1', 100)} />
    </>
  );
}

interface CountryProps {
  name: string;
  autoComplete: string;
  defaultValue: string;
  label: string;
  tag: string;
  countries: readonly string[];
}

/** By their names in the buyer's language. */
function Country({ name, autoComplete, defaultValue, label, tag, countries }: CountryProps): ReactNode {
  const names = new Intl.DisplayNames(tag, { type: 'region' });
  const options = countries.map((code) => [code, names.of(code) ?? code] as const).sort((a, b) => a[1].localeCompare(b[1], tag));
  const id = `field-${name}`;
  const [only] = options;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} autoComplete={autoComplete} required defaultValue={options.length === 1 && only ? only[0] : defaultValue}>
        {options.length > 1 && <option value="" />}
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR ' +
  'CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE ' +
  'IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT ' +
  'MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RW SA SB SC SE SG SH SI SK SL SM ' +
  'SN SO SR SS ST SV SX SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');
