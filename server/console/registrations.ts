/** A new tax registration as one entry of a form: the place, and the scheme there. The API has parameters of their own for each country. */
import type { TaxRegistrationType } from '../../domain/rows/tax-registration';
import { STATES } from '../../domain/tax/north-america';
import { PROVINCES_WITH_TAX, REGISTRATION_TYPES } from '../../domain/tax/registration-types';
import type { Choice } from '../../web/console/model';
import type { FieldOf } from './section';

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

const SCHEMES: Record<TaxRegistrationType, string> = {
  igic: 'IGIC of the Canary Islands',
  ioss: 'Import One Stop Shop',
  oss_non_union: 'One Stop Shop, for sellers from outside the Union',
  oss_union: 'One Stop Shop, for sellers in the Union',
  province_standard: 'sales tax',
  simplified: 'simplified',
  standard: 'standard',
  state_sales_tax: 'sales tax',
};

/** @param path the parameter that has the registration; empty where the operation makes one */
export function newRegistration(path: string, label: string, isRequired = false): FieldOf {
  const at = (name: string): string => (path === '' ? name : `${path}[${name}]`);
  return {
    ...{ name: path === '' ? 'country' : path, label, type: 'select', isRequired, options: [NONE, ...CHOICES] },
    sends: (entered) => {
      const [country = '', type = '', part = ''] = entered.split(' ');
      const own = `${at('country_options')}[${country.toLowerCase()}]`;
      return {
        ...{ [at('country')]: country, [`${own}[type]`]: type },
        ...(type === 'state_sales_tax' ? { [`${own}[state]`]: part } : {}),
        ...(type === 'province_standard' ? { [`${own}[province_standard][province]`]: part } : {}),
      };
    },
  };
}

const NONE: Choice = { value: '', label: '–' };

const CHOICES: readonly Choice[] = [...REGISTRATION_TYPES]
  .flatMap(([country, types]) => types.flatMap((type) => choicesOf(country, type)))
  .sort((one, other) => one.label.localeCompare(other.label, 'en'));

function choicesOf(country: string, type: TaxRegistrationType): Choice[] {
  const label = `${COUNTRIES.of(country) ?? country}, ${SCHEMES[type]}`;
  const parts = type === 'state_sales_tax' ? STATES : type === 'province_standard' ? PROVINCES_WITH_TAX : null;
  if (parts === null) return [{ value: `${country} ${type}`, label }];
  return parts.map((part) => ({ value: `${country} ${type} ${part}`, label: `${label} of ${part}` }));
}
