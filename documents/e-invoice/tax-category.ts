import BigNumber from 'bignumber.js';
import type { TaxAmount } from '../../domain/rows/invoice';
import type { Rows } from '../../domain/rows/rows';
import type { ETax, TaxCategory } from './model';

/** UNTDID 5305 by Stripe's reasons. What is taxed by a rate is S, by a rate of zero Z. */
const CATEGORIES: Record<string, TaxCategory> = {
  zero_rated: 'Z',
  customer_exempt: 'E',
  product_exempt: 'E',
  product_exempt_holiday: 'E',
  reverse_charge: 'AE',
  not_subject_to_tax: 'O',
  not_collecting: 'O',
  not_supported: 'O',
};

/** The category of a tax, and its rate in percent: `19`, null outside the scope. */
export function categoryOf(tax: TaxAmount, rows: Rows): { category: TaxCategory; rate: string | null } {
  const percentage = new BigNumber(rows.find('taxRate', tax.tax_rate)?.percentage ?? '0');
  const category = CATEGORIES[tax.taxability_reason] ?? (percentage.isZero() ? 'Z' : 'S');
  if (category === 'O') return { category, rate: null };
  return { category, rate: category === 'S' ? percentage.toFixed() : '0' };
}

const REASONS: Partial<Record<TaxCategory, { reason: string; code: string | null }>> = {
  AE: { reason: 'Reverse charge', code: 'VATEX-EU-AE' },
  E: { reason: 'Exempt from tax', code: null },
  O: { reason: 'Not subject to VAT', code: 'VATEX-EU-O' },
};

/** The standard has no category of its own for sellers who are not registered: theirs is O, and its code is the only one that O may have. */
const UNCOLLECTED: ReadonlySet<string> = new Set(['not_collecting', 'not_supported']);

/** Why there is no tax, which S and Z must not say (BR-S-10, BR-Z-10) and the others must. */
export function exemptionOf(category: TaxCategory, reason: string): ETax['exemption'] {
  const exemption = REASONS[category] ?? null;
  if (category === 'E' && reason === 'customer_exempt') return { reason: 'The customer is exempt from tax', code: null };
  return UNCOLLECTED.has(reason) ? { reason: 'No VAT is collected', code: exemption?.code ?? null } : exemption;
}
