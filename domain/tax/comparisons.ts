/**
 * With what rows of the tax tables were compared: public copies of the tax authorities' pages, or two compilations that agree with each other.
 * `checkedOn` is the day as of which the newest of them speaks, not the day on which somebody read it.
 */
export interface Comparison {
  comparedWith: string;
  checkedOn: string;
}

const AVALARA = 'Avalara, VAT and GST on digital services, 2026-02-26';
const PWC = 'PwC, VAT rates, chart of 2026';
const VATUPDATE = 'VATupdate, table of January 2026';
const EU_VAT_RATES = 'eu-vat-rates-data 2026.9.29';

/** The day is written as ISO date. */
export function comparedWith(source: string, checkedOn: string): Comparison {
  return { comparedWith: source, checkedOn };
}

/** Rates of the member states: what the Commission's database says, as two packages publish it. */
export const TEDB = comparedWith(`Taxes in Europe Database, as in ${EU_VAT_RATES} and duty27-eu-vat 0.1.0 (2026-10-04)`, '2026-09-29');
/** Rates of territories in that database, as two programs quote it, which have the French and the Austrian law as well. */
export const TEDB_TERRITORIES = comparedWith('Taxes in Europe Database, territories, as quoted in 2026', '2026-01-01');
export const TERRITORIAL_STATUS = comparedWith(
  'https://taxation-customs.ec.europa.eu/territorial-status-eu-countries-and-certain-territories_en (undated, after 2020)',
  '2021-01-01',
);
export const GOV_UK_AND_CIVA = comparedWith('https://www.gov.uk/vat-rates and CIVA art. 18 (3), as quoted on 2026-09-27', '2026-09-27');

/** Rates of Europe outside the Union: hand-kept from the authorities' pages, and a second compilation. */
export const EUROPE = comparedWith(`${EU_VAT_RATES}; ${PWC}`, '2026-09-29');
export const EUROPE_AND_AVALARA = comparedWith(`${EU_VAT_RATES}; ${AVALARA}`, '2026-09-29');

export const WORLD = comparedWith(`${AVALARA}; ${PWC}`, '2026-02-26');
export const WORLD_AND_VATUPDATE = comparedWith(`${AVALARA}; ${VATUPDATE}`, '2026-02-26');
export const JANUARY_2026 = comparedWith(`${PWC}; ${VATUPDATE}`, '2026-01-01');
export const PWC_AND_SALES_TAX = comparedWith(`${PWC}; sales-tax 2.23.0`, '2026-01-01');

/** A threshold on the page of the authority, and in a compilation that says the same later. */
export function onPage(page: string): Comparison {
  return comparedWith(`${page}; ${AVALARA}`, '2026-02-26');
}
