/**
 * Taxes outside the European Union, Canada and the United States, on electronic services to consumers. Check a row before you sell there
 * (docs/tax.md).
 */
import { comparedWith, EUROPE as EUROPE_COMPARED, EUROPE_AND_AVALARA, GOV_UK_AND_CIVA, JANUARY_2026 } from './comparisons';
import { PWC_AND_SALES_TAX, WORLD, WORLD_AND_VATUPDATE } from './comparisons';
import { changing, rated, untaxed, type DatedRate } from './dated-rate';

const GIBRALTAR = comparedWith('gibraltarfinance.com on the Transaction Tax; vatupdate.com, 2026-02-14', '2026-02-14');
const SVALBARD = comparedWith('Skatteetaten, Merverdiavgiftshåndboken, M-1-2.2 (undated); vatupdate.com, 2021-04-18', '2021-04-18');
const GREENLAND = comparedWith(
  'The tax agency of Greenland, int.aka.gl (undated); the Commission on territorial status (after 2020)',
  '2021-01-01',
);
const VATICAN = comparedWith('DPR 633/1972, art. 71, as on normattiva.it: what is delivered there is exported', '2022-08-08');

const EUROPE: readonly DatedRate[] = [
  rated('GB', 'vat', '20', { source: 'VATA 1994, s. 2 (1)', ...GOV_UK_AND_CIVA }),
  rated('IM', 'vat', '20', { source: 'Value Added Tax Act 1996 (Tynwald), s. 2', ...GOV_UK_AND_CIVA }),
  ...changing(
    'CH',
    'vat',
    [
      [null, '7.7'],
      ['2024-01-01', '8.1'],
    ],
    { source: 'MWSTG art. 25 (1)', ...EUROPE_AND_AVALARA },
  ),
  ...changing(
    'LI',
    'vat',
    [
      [null, '7.7'],
      ['2024-01-01', '8.1'],
    ],
    {
      source: 'MWSTG (LI) art. 25 (1)',
      ...comparedWith('eu-vat-rates-data 2026.9.29; a second table, which has the Swiss rate', '2026-09-29'),
    },
  ),
  rated('NO', 'vat', '25', { source: 'Stortingsvedtak om merverdiavgift, § 2', ...EUROPE_AND_AVALARA }),
  rated('IS', 'vat', '24', { source: 'Lög 50/1988, 14. gr.', ...EUROPE_AND_AVALARA }),
  ...changing(
    'TR',
    'vat',
    [
      [null, '18'],
      ['2023-07-10', '20'],
    ],
    { source: 'KDV Kanunu 3065, m. 28; Karar 7346', ...EUROPE_COMPARED },
  ),
  ...changing(
    'RU',
    'vat',
    [
      [null, '20'],
      ['2026-01-01', '22'],
    ],
    { source: 'НК РФ, ст. 164 (3)', ...comparedWith('vatupdate.com, 2026-01-13; Avalara, VAT and GST on digital services', '2026-02-26') },
  ),
  rated('UA', 'vat', '20', { source: 'Податковий кодекс, ст. 193', ...EUROPE_COMPARED }),
  rated('GE', 'vat', '18', { source: 'Tax Code of Georgia, VAT', ...EUROPE_COMPARED }),
  untaxed('GI', 'Gibraltar has no value added tax; its Transaction Tax of 2026 is on goods only', GIBRALTAR),
  untaxed('SJ', 'Merverdiavgiftsloven § 1-2', SVALBARD),
  untaxed('GL', 'Directive 2006/112/EC, art. 5; Greenland has no value added tax', GREENLAND),
  untaxed('VA', 'Directive 2006/112/EC, art. 5', VATICAN),
];

const ASIA_PACIFIC: readonly DatedRate[] = [
  rated('AU', 'gst', '10', { source: 'GST Act 1999, s. 9-70', ...WORLD_AND_VATUPDATE }),
  rated('NZ', 'gst', '15', { source: 'GST Act 1985, s. 8 (1)', ...WORLD }),
  rated('IN', 'igst', '18', { source: 'IGST Act 2017, s. 5 and 13 (12)', ...WORLD_AND_VATUPDATE }),
  ...changing(
    'SG',
    'gst',
    [
      [null, '7'],
      ['2023-01-01', '8'],
      ['2024-01-01', '9'],
    ],
    { source: 'GST Act 1993, s. 16', ...WORLD },
  ),
  rated('JP', 'jct', '10', { source: 'Consumption Tax Act, art. 29; Local Tax Act, art. 72-83', ...WORLD }),
  rated('KR', 'vat', '10', { source: 'VAT Act, art. 30 and 53-2', ...WORLD }),
  ...changing(
    'KZ',
    'vat',
    [
      [null, '12'],
      ['2026-01-01', '16'],
    ],
    {
      source: 'Tax Code of Kazakhstan 2025',
      ...comparedWith('PwC, VAT rates, chart of 2026; Kazakh accounting programs under the Tax Code of 2026', '2026-01-01'),
    },
  ),
  rated('ID', 'vat', '11', { source: 'UU 7/2021; PMK 131/2024 (12 % of 11/12)', ...WORLD }),
  ...changing(
    'MY',
    'service_tax',
    [
      [null, '6'],
      ['2024-03-01', '8'],
    ],
    {
      source: 'Service Tax Act 2018, s. 10',
      ...comparedWith('Ministry of Finance and customs department of Malaysia, as quoted on 2026-09-25', '2026-09-25'),
    },
  ),
  rated('TH', 'vat', '7', {
    source: 'Revenue Code, s. 80, with the royal decree in force until 2027-09-30',
    ...comparedWith('Revenue Department, notice of 2026-08-02, as quoted; PwC, VAT rates, chart of 2026', '2026-08-02'),
  }),
  rated('PH', 'vat', '12', { source: 'NIRC s. 108; RA 12023', ...WORLD, from: '2025-06-01' }),
  rated('VN', 'vat', '10', {
    source: 'Law 48/2024/QH15, art. 9',
    ...comparedWith('EY, 2024-12-20, and BDO, on the law of 2024; Xendit, VAT by country, 2025-06-10', '2025-06-10'),
  }),
  rated('TW', 'vat', '5', { source: 'VAT Act, art. 10', ...WORLD }),
  untaxed('HK', 'Hong Kong has no value added tax', comparedWith('InvestHK, tax basics, as quoted on 2026-09-25', '2026-09-25')),
];

const AFRICA_AND_GULF: readonly DatedRate[] = [
  rated('ZA', 'vat', '15', { source: 'VAT Act 89/1991, s. 7 (1)', ...WORLD }),
  rated('KE', 'vat', '16', { source: 'VAT Act 2013, s. 5', ...WORLD }),
  rated('NG', 'vat', '7.5', { source: 'VAT Act, s. 4; Nigeria Tax Act 2025', ...WORLD }),
  rated('EG', 'vat', '14', { source: 'Law 67/2016, art. 3', ...WORLD }),
  rated('MA', 'vat', '20', { source: 'CGI art. 98', ...WORLD }),
  rated('AE', 'vat', '5', { source: 'Federal Decree-Law 8/2017, art. 3', ...JANUARY_2026 }),
  rated('SA', 'vat', '15', { source: 'VAT Implementing Regulations; Royal Order A/638', ...WORLD, from: '2020-07-01' }),
  ...changing(
    'BH',
    'vat',
    [
      [null, '5'],
      ['2022-01-01', '10'],
    ],
    { source: 'Decree-Law 48/2018; Decree-Law 33/2021', ...WORLD },
  ),
  rated('OM', 'vat', '5', { source: 'Royal Decree 121/2020', ...WORLD, from: '2021-04-16' }),
];

const LATIN_AMERICA: readonly DatedRate[] = [
  rated('MX', 'vat', '16', { source: 'LIVA art. 1', ...WORLD }),
  rated('CL', 'vat', '19', { source: 'DL 825, art. 14', ...WORLD }),
  rated('CO', 'vat', '19', { source: 'Estatuto Tributario, art. 468', ...WORLD }),
  rated('PE', 'vat', '18', { source: 'TUO Ley del IGV, art. 17; DLeg 1623', ...WORLD, from: '2024-12-01' }),
  ...changing(
    'EC',
    'vat',
    [
      [null, '12'],
      ['2024-04-01', '15'],
    ],
    { source: 'LRTI art. 65; Decreto Ejecutivo 198', ...WORLD },
  ),
  rated('CR', 'vat', '13', { source: 'Ley 9635, art. 10', ...WORLD }),
  rated('UY', 'vat', '22', { source: 'Texto Ordenado, Título 10, art. 16', ...PWC_AND_SALES_TAX }),
];

export const WORLD_RATES: readonly DatedRate[] = [...EUROPE, ...ASIA_PACIFIC, ...AFRICA_AND_GULF, ...LATIN_AMERICA];
