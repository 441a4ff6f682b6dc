import fc from 'fast-check';
import type { CalculationLine } from '../../domain/line/calculation';
import type { AppliedDiscount } from '../../domain/line/discounts';
import type { BilledItem } from '../../domain/proration/proration';
import type { TaxRate } from '../../domain/rows/tax-rate';

export const at = (iso: string): number => Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : iso) / 1000;
export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const april = { start: at('2026-04-01'), end: at('2026-05-01') };
export const monthly = { interval: 'month', interval_count: 1 } as const;
export const yearly = { interval: 'year', interval_count: 1 } as const;

export function item(unitAmount: number | string, change: Partial<BilledItem> & { interval?: 'month' | 'year' } = {}): BilledItem {
  const { interval = 'month', ...rest } = change;
  const name = rest.productName ?? 'Pro';
  return {
    price: {
      id: `price_${name}_${String(unitAmount)}_${interval}`,
      product: `prod_${name}`,
      currency: 'usd',
      unitAmountDecimal: String(unitAmount),
      tiersMode: null,
      tiers: null,
      transformQuantity: null,
      taxBehavior: 'unspecified',
      recurring: { interval, interval_count: 1, usage_type: 'licensed', trial_period_days: null, meter: null, dimension_filters: {} },
    },
    productName: name,
    quantity: 1,
    period: april,
    taxRates: [],
    discounts: [],
    ...rest,
  };
}

let lines = 0;

export function line(amount: number, change: Partial<CalculationLine> = {}): CalculationLine {
  return {
    key: `line_${String((lines += 1))}`,
    amount,
    currency: 'usd',
    description: null,
    quantity: 1,
    discountable: true,
    discounts: [],
    taxRates: [],
    price: null,
    product: 'prod_pro',
    unitAmountDecimal: null,
    taxBehavior: null,
    taxCode: null,
    subscription: null,
    subscriptionItem: null,
    proration: false,
    prorationDetails: null,
    basis: null,
    periodStart: april.start,
    periodEnd: april.end,
    metadata: {},
    ...change,
  };
}

export function percentOff(percent: string, id = 'di_percent', products: string[] | null = null): AppliedDiscount {
  return { id, coupon: { percentOff: percent, amountOff: null, currency: null, appliesTo: products && { products } } };
}

export function amountOff(amount: number, id = 'di_amount', products: string[] | null = null): AppliedDiscount {
  return { id, coupon: { percentOff: null, amountOff: amount, currency: 'usd', appliesTo: products && { products } } };
}

export function taxRate(percentage: string, inclusive: boolean, id = `txr_${inclusive ? 'in' : 'ex'}_${percentage}`): TaxRate {
  const resource = { id, account: 'acct_1', livemode: false, created: 0 };
  const place = { country: null, state: null, jurisdiction: null, description: null, taxType: 'vat' };
  return { ...resource, ...place, active: true, displayName: 'VAT', percentage, basis: '100', inclusive, isAutomatic: false, metadata: {} };
}

export const sum = (amounts: number[]): number => amounts.reduce((running, amount) => running + amount, 0);

/** Amounts as invoices have them: up to a billion dollars, either sign, often small, where rounding shows. */
export const amounts = fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }));
export const charges = amounts.map(Math.abs);

/** A percentage with up to four decimals, between `min` and 100. */
export const percentages = (min = 0): fc.Arbitrary<string> =>
  fc.integer({ min: min * 10_000, max: 1_000_000 }).map((units) => String(units / 10_000));

/** From 1900 to 2250, to the second. */
export const instants = fc.integer({ min: at('1900-01-01'), max: at('2250-01-01') });
