import { chargeFrom, chargeStep, chargeWithin } from './charge-steps';
import { formatAmount } from './currency';
import { BillingError } from '../core/errors';

/** Stripe's minimum charge in each currency (docs.stripe.com/currencies, August 2026), minor units; one unit in all others. */
const MINIMUM: Record<string, number> = {
  usd: 50,
  aed: 200,
  ars: 50,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  cop: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  idr: 50,
  ils: 50,
  inr: 50,
  jpy: 50,
  krw: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  php: 50,
  pln: 200,
  ron: 200,
  rub: 50,
  sek: 300,
  sgd: 50,
  thb: 1000,
  zar: 50,
};
/** Eight digits, as on Stripe. */
export const MAXIMUM_CHARGE = 99_999_999;

/** In minor units. A smaller amount due is not charged: it goes to the customer's balance. */
export const minimumCharge = (currency: string): number => MINIMUM[currency] ?? 1;

/**
 * Refuses an amount that no charge can have.
 *
 * @throws BillingError amount_too_small, amount_too_large, parameter_invalid for a part of the currency's smallest charge
 */
export function refuseUnchargeable(amount: number, currency: string, param = 'amount'): void {
  const minimum = minimumCharge(currency);
  if (amount < minimum) {
    throw new BillingError('amount_too_small', `Amount must be at least ${formatAmount(minimum, currency)} ${currency}`, { param });
  }
  if (amount > MAXIMUM_CHARGE) {
    throw new BillingError('amount_too_large', `Amount must be no more than ${formatAmount(MAXIMUM_CHARGE, currency)}`, { param });
  }
  refusePartOfStep(amount, { currency, param });
}

/**
 * Refuses an amount that has a part that its currency does not move, and names the nearest ones that can be moved.
 *
 * @param most all that there is, which can always be moved: what is left of a charge
 * @throws BillingError parameter_invalid
 */
export function refusePartOfStep(
  amount: number,
  { currency, param, most = Infinity }: { currency: string; param: string; most?: number },
): void {
  const step = chargeStep(currency);
  if (amount % step === 0 || amount === most) return;
  const nearest = [chargeWithin(amount, currency), Math.min(chargeFrom(amount, currency), most)].filter((each) => each > 0);
  const message = `Amounts in ${currency} must be evenly divisible by ${String(step)}; nearest to ${String(amount)}: ${nearest.join(' and ')}.`;
  throw new BillingError('parameter_invalid', message, { param });
}
