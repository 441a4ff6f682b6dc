/**
 * Taxes outside the European Union, Canada and the United States, on electronic services to consumers. A row without `checkedOn` is general
 * knowledge that nobody has compared with its source yet: check it before you sell there (docs/tax.md).
 */
import { changing, rated, untaxed, type DatedRate } from './dated-rate';

const EUROPE: readonly DatedRate[] = [
  rated('GB', 'vat', '20', { source: 'VATA 1994, s. 2 (1)' }),
  rated('IM', 'vat', '20', { source: 'Value Added Tax Act 1996 (Tynwald), s. 2' }),
  ...changing(
    'CH',
    'vat',
    [
      [null, '7.7'],
      ['2024-01-01', '8.1'],
    ],
    { source: 'MWSTG art. 25 (1)' },
  ),
  ...changing(
    'LI',
    'vat',
    [
      [null, '7.7'],
      ['2024-01-01', '8.1'],
    ],
    { source: 'MWSTG (LI) art. 25 (1)' },
  ),
  rated('NO', 'vat', '25', { source: 'Stortingsvedtak om merverdiavgift, § 2' }),
  rated('IS', 'vat', '24', { source: 'Lög 50/1988, 14. gr.' }),
  ...changing(
    'TR',
    'vat',
    [
      [null, '18'],
      ['2023-07-10', '20'],
    ],
    { source: 'KDV Kanunu 3065, m. 28; Karar 7346' },
  ),
  ...changing(
    'RU',
    'vat',
    [
      [null, '20'],
      ['2026-01-01', '22'],
    ],
    { source: 'НК РФ, ст. 164 (3)', checkedOn: '2026-11-28' },
  ),
  rated('UA', 'vat', '20', { source: 'Податковий кодекс, ст. 193' }),
  rated('GE', 'vat', '18', { source: 'Tax Code of Georgia, VAT' }),
  untaxed('GI', 'Gibraltar has no value added tax'),
  untaxed('SJ', 'Merverdiavgiftsloven § 1-2'),
  untaxed('GL', 'Directive 2006/112/EC, art. 5; Greenland has no value added tax'),
  untaxed('VA', 'Directive 2006/112/EC, art. 5'),
];

const ASIA_PACIFIC: readonly DatedRate[] = [
  rated('AU', 'gst', '10', { source: 'GST Act 1999, s. 9-70' }),
  rated('NZ', 'gst', '15', { source: 'GST Act 1985, s. 8 (1)' }),
  rated('IN', 'igst', '18', { source: 'IGST Act 2017, s. 5 and 13 (12)' }),
  ...changing(
    'SG',
    'gst',
    [
      [null, '7'],
      ['2023-01-01', '8'],
      ['2024-01-01', '9'],
    ],
    { source: 'GST Act 1993, s. 16' },
  ),
  rated('JP', 'jct', '10', { source: 'Consumption Tax Act, art. 29; Local Tax Act, art. 72-83' }),
  rated('KR', 'vat', '10', { source: 'VAT Act, art. 30 and 53-2' }),
  ...changing(
    'KZ',
    'vat',
    [
      [null, '12'],
      ['2026-01-01', '16'],
    ],
    { source: 'Tax Code of Kazakhstan 2025' },
  ),
  rated('ID', 'vat', '11', { source: 'UU 7/2021; PMK 131/2024 (12 % of 11/12)' }),
  ...changing(
    'MY',
    'service_tax',
    [
      [null, '6'],
      ['2024-03-01', '8'],
    ],
    { source: 'Service Tax Act 2018, s. 10' },
  ),
  rated('TH', 'vat', '7', { source: 'Revenue Code, s. 80, with the royal decree in force' }),
  rated('PH', 'vat', '12', { source: 'NIRC s. 108; RA 12023', from: '2025-06-01' }),
  rated('VN', 'vat', '10', { source: 'Law 48/2024/QH15, art. 9' }),
  rated('TW', 'vat', '5', { source: 'VAT Act, art. 10' }),
  untaxed('HK', 'Hong Kong has no value added tax'),
];

const AFRICA_AND_GULF: readonly DatedRate[] = [
  rated('ZA', 'vat', '15', { source: 'VAT Act 89/1991, s. 7 (1)' }),
  rated('KE', 'vat', '16', { source: 'VAT Act 2013, s. 5' }),
  rated('NG', 'vat', '7.5', { source: 'VAT Act, s. 4; Nigeria Tax Act 2025' }),
  rated('EG', 'vat', '14', { source: 'Law 67/2016, art. 3' }),
  rated('MA', 'vat', '20', { source: 'CGI art. 98' }),
  rated('AE', 'vat', '5', { source: 'Federal Decree-Law 8/2017, art. 3' }),
  rated('SA', 'vat', '15', { source: 'VAT Implementing Regulations; Royal Order A/638', from: '2020-07-01' }),
  ...changing(
    'BH',
    'vat',
    [
      [null, '5'],
      ['2022-01-01', '10'],
    ],
    { source: 'Decree-Law 48/2018; Decree-Law 33/2021' },
  ),
  rated('OM', 'vat', '5', { source: 'Royal Decree 121/2020', from: '2021-04-16' }),
];

const LATIN_AMERICA: readonly DatedRate[] = [
  rated('MX', 'vat', '16', { source: 'LIVA art. 1' }),
  rated('CL', 'vat', '19', { source: 'DL 825, art. 14' }),
  rated('CO', 'vat', '19', { source: 'Estatuto Tributario, art. 468' }),
  rated('PE', 'vat', '18', { source: 'TUO Ley del IGV, art. 17; DLeg 1623', from: '2024-12-01' }),
  ...changing(
    'EC',
    'vat',
    [
      [null, '12'],
      ['2024-04-01', '15'],
    ],
    { source: 'LRTI art. 65; Decreto Ejecutivo 198' },
  ),
  rated('CR', 'vat', '13', { source: 'Ley 9635, art. 10' }),
  rated('UY', 'vat', '22', { source: 'Texto Ordenado, Título 10, art. 16' }),
];

export const WORLD_RATES: readonly DatedRate[] = [...EUROPE, ...ASIA_PACIFIC, ...AFRICA_AND_GULF, ...LATIN_AMERICA];
