/**
 * Standard rates of value added tax in the European Union, and in the territories of its members with rules of their own. Reduced rates are
 * not here, because software and electronic services have none. Which postal codes belong to a territory is in `territories.ts`.
 */
import { comparedWith, GOV_UK_AND_CIVA, TEDB, TEDB_TERRITORIES, TERRITORIAL_STATUS } from './comparisons';
import { changing, rated, untaxed, type DatedRate } from './dated-rate';

/** What the member states report: Taxes in Europe Database, https://ec.europa.eu/taxation_customs/tedb. The source is the national law. */
const STANDARD: readonly (readonly [place: string, rate: string, source: string])[] = [
  ['AT', '20', 'UStG 1994 § 10 (1)'],
  ['BE', '21', 'Arrêté royal n° 20 of 1970, art. 1'],
  ['BG', '20', 'ZDDS art. 66 (1)'],
  ['CY', '19', 'VAT Law 95(I)/2000, s. 17'],
  ['CZ', '21', 'Act 235/2004, § 47 (1)'],
  ['DK', '25', 'Momsloven § 33'],
  ['ES', '21', 'Ley 37/1992, art. 90'],
  ['FR', '20', 'CGI art. 278'],
  ['GR', '24', 'VAT Code, Law 5144/2024'],
  ['HR', '25', 'Zakon o PDV-u, čl. 38 (1)'],
  ['HU', '27', 'Act CXXVII of 2007, § 82 (1)'],
  ['IT', '22', 'DPR 633/1972, art. 16'],
  ['LT', '21', 'PVM įstatymas IX-751, art. 19 (1)'],
  ['LV', '21', 'PVN likums, 41. pants'],
  ['MT', '18', 'VAT Act, Cap. 406, art. 19'],
  ['NL', '21', 'Wet OB 1968, art. 9 (1)'],
  ['PL', '23', 'Ustawa o VAT, art. 41 (1) with art. 146ef'],
  ['PT', '23', 'CIVA art. 18 (1) c)'],
  ['SE', '25', 'Mervärdesskattelagen (2023:200), 9 kap. 2 §'],
  ['SI', '22', 'ZDDV-1, art. 41 (1)'],
];

const CHANGES: readonly DatedRate[] = [
  ...changing(
    'DE',
    'vat',
    [
      [null, '19'],
      ['2020-07-01', '16'],
      ['2021-01-01', '19'],
    ],
    { source: 'UStG § 12 (1), § 28 (1)', ...TEDB },
  ),
  ...changing(
    'EE',
    'vat',
    [
      [null, '20'],
      ['2024-01-01', '22'],
      ['2025-07-01', '24'],
    ],
    { source: 'KMS § 15 (1)', ...TEDB },
  ),
  ...changing(
    'FI',
    'vat',
    [
      [null, '24'],
      ['2024-09-01', '25.5'],
    ],
    { source: 'AVL 1501/1993, 84 §', ...TEDB },
  ),
  ...changing(
    'IE',
    'vat',
    [
      [null, '23'],
      ['2020-09-01', '21'],
      ['2021-03-01', '23'],
    ],
    { source: 'VATCA 2010, s. 46 (1)', ...TEDB },
  ),
  ...changing(
    'LU',
    'vat',
    [
      [null, '17'],
      ['2023-01-01', '16'],
      ['2024-01-01', '17'],
    ],
    { source: 'Loi TVA of 1979, art. 39', ...TEDB },
  ),
  ...changing(
    'RO',
    'vat',
    [
      [null, '19'],
      ['2025-08-01', '21'],
    ],
    { source: 'Codul fiscal, art. 291 (1); Legea 141/2025', ...TEDB },
  ),
  ...changing(
    'SK',
    'vat',
    [
      [null, '20'],
      ['2025-01-01', '23'],
    ],
    { source: 'Act 222/2004, § 27 (1)', ...TEDB },
  ),
];

/** Articles 6 and 7 of the VAT directive (2006/112/EC), and article 355 of the treaty (TFEU). */
const TERRITORIES: readonly DatedRate[] = [
  rated('AT-JM', 'vat', '19', { source: 'UStG 1994 § 10 (4)', ...TEDB_TERRITORIES }),
  rated('PT-20', 'vat', '16', { source: 'CIVA art. 18 (3)', ...GOV_UK_AND_CIVA }),
  rated('PT-30', 'vat', '22', { source: 'CIVA art. 18 (3)', ...GOV_UK_AND_CIVA }),
  rated('MC', 'vat', '20', { source: 'Directive 2006/112/EC, art. 7 (1); CGI art. 278', ...GOV_UK_AND_CIVA }),
  rated('GP', 'vat', '8.5', { source: 'CGI art. 296', ...TEDB_TERRITORIES }),
  rated('MQ', 'vat', '8.5', { source: 'CGI art. 296', ...TEDB_TERRITORIES }),
  rated('RE', 'vat', '8.5', { source: 'CGI art. 296', ...TEDB_TERRITORIES }),
  untaxed('GF', 'CGI art. 294 (1)', TEDB_TERRITORIES),
  untaxed('YT', 'CGI art. 294 (1)', TEDB_TERRITORIES),
  rated('ES-CN', 'vat', '7', {
    source: 'Ley 20/1991, art. 51; Ley 4/2012 (Canarias)',
    ...comparedWith('Two Spanish accounting programs that quote the general rate in 2026', '2026-01-01'),
  }),
  untaxed('DE-BUE', 'Directive 2006/112/EC, art. 6 (2) b); UStG § 1 (2)', TERRITORIAL_STATUS),
  untaxed('DE-HEL', 'Directive 2006/112/EC, art. 6 (2) a); UStG § 1 (2)', TERRITORIAL_STATUS),
  untaxed('IT-LIV', 'Directive 2006/112/EC, art. 6 (2) f); DPR 633/1972, art. 7', TERRITORIAL_STATUS),
  untaxed('GR-69', 'Directive 2006/112/EC, art. 6 (1) a)', TERRITORIAL_STATUS),
];

export const EUROPEAN_UNION_RATES: readonly DatedRate[] = [
  ...STANDARD.map(([place, rate, source]) => rated(place, 'vat', rate, { source, ...TEDB })),
  ...CHANGES,
  ...TERRITORIES,
];
