/**
 * From how many sales on a seller must register in a place. A country that is missing here has a rule that this table does not know: its sales
 * are reported without a threshold.
 */
import { comparedWith, onPage, type Comparison } from './comparisons';

/**
 * The span whose sales count. `calendar_year`: the present or the previous one. `base_period`: the calendar year two years before. All are
 * whole months in UTC.
 */
export type ThresholdWindow = 'calendar_year' | 'rolling_12_months' | 'rolling_4_quarters' | 'year_to_september' | 'base_period';

export interface TaxThreshold {
  /** The area that registers: a country, `EU`, a state or province (`US-NY`, `CA-QC`). */
  area: string;
  /** Major units of `currency`, as text; '0': from the first sale on. */
  amount: string;
  currency: string;
  /** How many sales; null: their number does not matter. */
  sales: number | null;
  /** Whether one of both limits is enough. */
  combines: 'or' | 'and';
  window: ThresholdWindow;
  /** Which sales count: those into the area, only those to consumers, those to consumers in other member states, or all in the world. */
  counts: 'all' | 'consumers' | 'cross_border_consumers' | 'worldwide';
  /** The sellers to which it applies: those established in the area, those outside, or both. */
  sellers: 'established' | 'remote' | 'both';
  /** First and last day of its being in force, as in the table of rates. */
  from: string | null;
  to: string | null;
  /** The law. */
  source: string;
  /** With what the row was compared, if it was: the page of the tax authority, or somebody else's compilation. */
  comparedWith: string | null;
  /** The day as of which that source speaks; null: not compared yet. */
  checkedOn: string | null;
}

type Terms = Pick<TaxThreshold, 'source'> & Partial<TaxThreshold>;

const USUAL = {
  sales: null,
  combines: 'or',
  window: 'rolling_12_months',
  counts: 'consumers',
  sellers: 'both',
  from: null,
  to: null,
} as const;

function threshold(area: string, amount: string, currency: string, terms: Terms): TaxThreshold {
  return { ...USUAL, area, amount, currency, comparedWith: null, checkedOn: null, ...terms };
}

/** A remote seller registers before the first sale to a consumer. */
const fromFirstSale = (area: string, currency: string, source: string, compared: Partial<Comparison> = {}): TaxThreshold =>
  threshold(area, '0', currency, { source, sellers: 'remote', ...compared });

const AVALARA = 'Avalara, VAT and GST on digital services, 2026-02-26';
/** A compilation of September 2026 for a seller in Romania, with a second source. */
const SEPTEMBER_2026 = (second: string): Comparison => comparedWith(`A compilation of 2026-09-29; ${second}`, '2026-09-29');

/**
 * docs.stripe.com and a second guide say that a remote seller registers from the first sale on. Avalara's table names the threshold of
 * residents instead (80 million KRW, 37,500 BHD, 38,500 OMR, 375,000 SAR).
 */
const firstSaleIn = (second: string): Comparison =>
  comparedWith(`docs.stripe.com/tax/supported-countries/asia-pacific/collect-tax, as quoted (undated, of 2025); ${second}`, '2025-01-01');

const UNION: readonly TaxThreshold[] = [
  threshold('EU', '10000', 'eur', {
    ...{ source: 'Directive 2006/112/EC, art. 59c', window: 'calendar_year', counts: 'cross_border_consumers', sellers: 'established' },
    ...comparedWith(`${AVALARA}; European Commission on digital services, as quoted`, '2026-02-26'),
  }),
  fromFirstSale(
    'EU',
    'eur',
    'Directive 2006/112/EC, art. 58 and 359',
    comparedWith(`${AVALARA}; European Commission on digital services, as quoted`, '2026-02-26'),
  ),
];

const WORLD: readonly TaxThreshold[] = [
  fromFirstSale('GB', 'gbp', 'VATA 1994, sch. 1A', SEPTEMBER_2026('HMRC on non-established taxable persons, as quoted on 2026-09-12')),
  threshold('GB', '90000', 'gbp', {
    ...{ source: 'VATA 1994, sch. 1, para. 1 (since 2024-04-01)', counts: 'all', sellers: 'established' },
    ...comparedWith('VAT Notice 700/1 (gov.uk), as quoted on 2026-08-26', '2026-08-26'),
  }),
  threshold('CH', '100000', 'chf', {
    ...{ source: 'MWSTG art. 10 (2)(a)', window: 'calendar_year', counts: 'worldwide' },
    ...comparedWith('https://www.estv.admin.ch/en/vat-liability-foreign-companies, as quoted on 2026-09-25', '2026-09-25'),
  }),
  threshold('NO', '50000', 'nok', {
    ...{ source: 'Merverdiavgiftsloven § 2-1, § 14-4' },
    ...onPage('https://www.skatteetaten.no/en/business-and-organisation/vat-and-duties/vat/foreign/e-commerce-voec/register'),
  }),
  threshold('IS', '2000000', 'isk', { source: 'Lög 50/1988, 4. gr.', ...SEPTEMBER_2026(AVALARA) }),
  threshold('AU', '75000', 'aud', {
    ...{ source: 'GST Act 1999, s. 23-15' },
    ...onPage('https://www.ato.gov.au/Business/International-tax-for-business/GST-on-imported-services-and-digital-products/Registration/'),
  }),
  threshold('NZ', '60000', 'nzd', {
    ...{ source: 'GST Act 1985, s. 51' },
    ...onPage('https://www.ird.govt.nz/gst/gst-for-overseas-businesses/supplying-remote-services-into-new-zealand'),
  }),
  threshold('CA', '30000', 'cad', {
    ...{ source: 'Excise Tax Act, s. 211.12' },
    ...onPage('https://www.canada.ca/en/revenue-agency/services/tax/businesses/topics/gst-hst-businesses/digital-economy-gsthst.html'),
  }),
  threshold('CA-QC', '30000', 'cad', {
    ...{ source: 'Act respecting the Québec sales tax, s. 477.2' },
    ...comparedWith(`${AVALARA}; globalvatcompliance.com`, '2026-02-26'),
  }),
  threshold('CA-BC', '10000', 'cad', {
    ...{ source: 'Provincial Sales Tax Act (BC), s. 172.1' },
    ...comparedWith(`${AVALARA}; Lawson Lundell, 2021`, '2026-02-26'),
  }),
  threshold('CA-MB', '30000', 'cad', {
    source: 'Retail Sales Tax Act (MB), s. 5',
    ...comparedWith('Two guides (undated, of 2025); the bulletin 004 of Manitoba of March 2021 still has 10,000 CAD', '2025-01-01'),
  }),
  fromFirstSale('CA-SK', 'cad', 'Provincial Sales Tax Act (SK), s. 5.1', comparedWith(`${AVALARA}; globalvatcompliance.com`, '2026-02-26')),
  fromFirstSale('IN', 'inr', 'IGST Act 2017, s. 14; CGST Act 2017, s. 24 (xi)', SEPTEMBER_2026('a second compilation')),
  threshold('SG', '100000', 'sgd', {
    ...{ source: 'GST Act 1993, sch. 1A (with 1,000,000 SGD worldwide)', window: 'calendar_year' },
    ...comparedWith('iras.gov.sg on overseas businesses, as quoted on 2026-09-25', '2026-09-25'),
  }),
  threshold('JP', '10000000', 'jpy', {
    ...{ source: 'Consumption Tax Act, art. 9', window: 'base_period' },
    ...comparedWith(`${AVALARA}; a second compilation`, '2026-02-26'),
  }),
  fromFirstSale('KR', 'krw', 'VAT Act, art. 53-2', firstSaleIn('koisraup.com, vatcalc.com')),
  threshold('ZA', '1000000', 'zar', { source: 'VAT Act 89/1991, s. 23 (1), (1A)', to: '2026-04-01' }),
  threshold('ZA', '2300000', 'zar', {
    ...{ source: 'VAT Act 89/1991, s. 23 (1), (1A), raised by the budget of 2026', from: '2026-04-01' },
    ...comparedWith('SARS, budget of 2026, as quoted on 2026-09-29', '2026-09-29'),
  }),
  fromFirstSale('AE', 'aed', 'Federal Decree-Law 8/2017, art. 13 (2)', firstSaleIn('orbitax.com')),
  fromFirstSale('SA', 'sar', 'VAT Implementing Regulations: non-resident suppliers', firstSaleIn('orbitax.com')),
  fromFirstSale('BH', 'bhd', 'Decree-Law 48/2018: non-resident suppliers', firstSaleIn('Baker McKenzie, 2019-03')),
  fromFirstSale('OM', 'omr', 'Royal Decree 121/2020: non-resident suppliers', firstSaleIn('vatglobal.com')),
  fromFirstSale(
    'TR',
    'try',
    'KDV Kanunu 3065, m. 9 (1)',
    comparedWith('cpaturk.com.tr, guide of 2026; EY, 2018-01-31 (docs.stripe.com has "1 transaction" and 1,000,000 TRY)', '2026-01-01'),
  ),
  fromFirstSale('MX', 'mxn', 'LIVA art. 18-B to 18-D', SEPTEMBER_2026('https://docs.stripe.com/tax/supported-countries')),
];

/** Private compilations of all states' rules as of that day, which agree with each other. None of the states' own pages was at hand. */
const COMPILED = comparedWith('suttax.avior.tax; Avalara, 2025-06', '2025-12-31');

/** Sales into a state, in the present or previous year unless a row says otherwise (South Dakota v. Wayfair, 2018). */
function state(code: string, amount: string, terms: Partial<TaxThreshold> = {}): TaxThreshold {
  const source = `Economic nexus law of ${code}, as of 2025-12-31`;
  return threshold(`US-${code}`, amount, 'usd', {
    source,
    window: 'calendar_year',
    counts: 'all',
    sellers: 'remote',
    ...COMPILED,
    ...terms,
  });
}

/** States that counted 200 sales as well, until this day. */
const DROPPED_THE_COUNT: readonly (readonly [code: string, day: string])[] = [
  ['SD', '2023-07-01'],
  ['LA', '2023-08-01'],
  ['IN', '2024-01-01'],
  ['NC', '2024-07-01'],
  ['WY', '2024-07-01'],
  ['AK', '2025-01-01'],
  ['UT', '2025-07-01'],
  ['IL', '2026-01-01'],
];

const AMOUNT_ONLY = 'AZ CO FL ID IA KS ME MA MO NM ND OK PA SC TN WA WI'.split(' ');
const AMOUNT_OR_COUNT = 'AR DC GA HI MD MI MN NE NV NJ OH RI VA WV'.split(' ');

const UNITED_STATES: readonly TaxThreshold[] = [
  ...AMOUNT_ONLY.map((code) => state(code, '100000')),
  ...AMOUNT_OR_COUNT.map((code) => state(code, '100000', { sales: 200 })),
  ...DROPPED_THE_COUNT.flatMap(([code, day]) => [state(code, '100000', { sales: 200, to: day }), state(code, '100000', { from: day })]),
  state('KY', '100000', { sales: 200, to: '2026-08-01' }),
  state('KY', '100000', {
    ...{ source: 'KRS 139.340, as amended by H.B. 757 of 2026', from: '2026-08-01' },
    ...comparedWith('Kentucky Department of Revenue, letter of 2026-07-29, as quoted on 2026-10-02', '2026-10-02'),
  }),
  state('VT', '100000', { sales: 200, window: 'rolling_4_quarters' }),
  ...['AL', 'MS'].map((code) => state(code, '250000')),
  ...['CA', 'TX'].map((code) => state(code, '500000')),
  state('NY', '500000', { sales: 100, combines: 'and', window: 'rolling_4_quarters' }),
  state('CT', '100000', { sales: 200, combines: 'and', window: 'year_to_september' }),
];

export const TAX_THRESHOLDS: readonly TaxThreshold[] = [...UNION, ...WORLD, ...UNITED_STATES];
