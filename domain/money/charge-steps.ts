/**
 * Currencies of which no processor charges every minor unit. The króna and the Ugandan shilling have no smaller coin, although Stripe's API
 * has two decimals for them; of three decimals, card networks take two. So 512 isk is charged as 500, and 5124 kwd as 5120.
 */
const STEPS: Readonly<Record<string, number>> = { isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 };

/** A charge is a multiple of this. Minor units. */
export const chargeStep = (currency: string): number => STEPS[currency] ?? 1;

/** What `nearestCharge` has added to the rest of an amount: 3 of 10_003, where 10_000 is owed, and -4 of 10_006, where 10_010 is. */
export function roundedRest(amount: number, currency: string): number {
  const step = chargeStep(currency);
  const over = amount % step;
  return 2 * over <= step ? over : over - step;
}

/** The nearest amount that can be charged, half a step up. Minor units, not below zero. */
export function nearestCharge(amount: number, currency: string): number {
  const step = chargeStep(currency);
  return amount - (amount % step) + (2 * (amount % step) >= step && step > 1 ? step : 0);
}
