import type { Coupon } from '../rows/discount';

type Amounts = Pick<Coupon, 'amountOff' | 'currency'> & Partial<Pick<Coupon, 'currencyOptions'>>;

/** The fixed amounts off of a coupon, by currency: `{ usd: { amount_off: 500 }, jpy: { amount_off: 800 } }`. */
export function amountsOffOf({ amountOff, currency, currencyOptions = {} }: Amounts): Record<string, { amount_off: number }> {
  return amountOff === null || currency === null ? {} : { [currency]: { amount_off: amountOff }, ...currencyOptions };
}

/** The amount off in this currency; null if the coupon has none. */
export function amountOffIn(coupon: Amounts, currency: string): number | null {
  return amountsOffOf(coupon)[currency]?.amount_off ?? null;
}
