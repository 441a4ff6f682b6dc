/** Which amounts of a currency can be charged and refunded. Nothing else says it. */

/**
 * Currencies of which no processor charges every minor unit. The króna and the Ugandan shilling have no smaller coin, although Stripe's API has
 * two decimals for them; of three decimals, card networks take two. So 512 isk is charged as 500, and 5124 kwd as 5120.
 */
const STEPS: Readonly<Record<string, number>> = { isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 };

/** A charge is a multiple of this. Minor units. */
export const chargeStep = (currency: string): number => STEPS[currency] ?? 1;

/** The nearest amount that can be charged, half a step up. Minor units, not below zero. */
export function nearestCharge(amount: number, currency: string): number {
  const step = chargeStep(currency);
  const within = chargeWithin(amount, currency);
  return 2 * (amount - within) >= step ? within + step : within;
}

/** The smallest amount that can be charged or refunded and is not below this one. Minor units. */
export function chargeFrom(amount: number, currency: string): number {
  const step = chargeStep(currency);
  return Math.ceil(amount / step) * step;
}

/** The largest amount that can be charged or refunded and is not above this one: 5120 of 5124 kwd. Minor units. */
export function chargeWithin(amount: number, currency: string): number {
  return amount - (amount % chargeStep(currency));
}
