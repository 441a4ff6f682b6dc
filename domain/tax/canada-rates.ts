/**
 * Canada's federal tax (GST, or HST where a province takes part) and the taxes of the provinces that have their own. They apply at once, to
 * the same amount. The taxes of British Columbia, Saskatchewan and Manitoba are on software; whether they are on another electronic service is
 * not in this table.
 */
import { comparedWith } from './comparisons';
import { changing, rated, SOFTWARE, type DatedRate } from './dated-rate';

const GST = ['AB', 'BC', 'MB', 'NT', 'NU', 'QC', 'SK', 'YT'];
const HST: readonly (readonly [province: string, rate: string])[] = [
  ['ON', '13'],
  ['NB', '15'],
  ['NL', '15'],
  ['PE', '15'],
];
const FEDERAL = 'Excise Tax Act, s. 165';
const COMPARED = comparedWith('Avalara, Canada, 2025-12-24; sales-tax 2.23.0', '2025-12-24');

export const CANADA_RATES: readonly DatedRate[] = [
  ...GST.map((province) => rated(`CA-${province}`, 'gst', '5', { source: FEDERAL, ...COMPARED })),
  ...HST.map(([province, rate]) => rated(`CA-${province}`, 'hst', rate, { source: FEDERAL, ...COMPARED })),
  ...changing(
    'CA-NS',
    'hst',
    [
      [null, '15'],
      ['2025-04-01', '14'],
    ],
    { source: FEDERAL, ...comparedWith('Canada Revenue Agency, notice 342 and its calculator, as quoted on 2026-04-10', '2026-04-10') },
  ),
  rated('CA-QC', 'qst', '9.975', { source: 'Act respecting the Québec sales tax, s. 16', ...COMPARED }),
  rated('CA-BC', 'pst', '7', { source: 'Provincial Sales Tax Act (BC), s. 34', supplies: SOFTWARE, ...COMPARED }),
  rated('CA-SK', 'pst', '6', { source: 'Provincial Sales Tax Act (SK), s. 5', supplies: SOFTWARE, ...COMPARED }),
  rated('CA-MB', 'rst', '0', {
    source: 'Retail Sales Tax Act (MB): cloud services untaxed',
    supplies: SOFTWARE,
    to: '2026-01-01',
    reason: 'product_exempt',
  }),
  rated('CA-MB', 'rst', '7', {
    source: 'Retail Sales Tax Act (MB), s. 2, as amended for 2026; Bulletin 003',
    supplies: SOFTWARE,
    from: '2026-01-01',
    ...comparedWith('Avalara, Canada, 2025-12-24; Crowe on cloud services, 2025-11-10', '2025-12-24'),
  }),
];
