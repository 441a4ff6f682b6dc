/** What an error of Stripe's API means for a tax. Its messages may quote an address, so only codes are kept. */
import Stripe from 'stripe';
import { TaxProviderUnavailable, TaxRefused } from '../tax-provider';

/** @throws TaxRefused, TaxProviderUnavailable */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error.code === 'customer_tax_location_invalid') throw new TaxRefused(NO_PLACE);
    throw new TaxProviderUnavailable(wordsOf(error), isPassing(error));
  }
}

const NO_PLACE =
  "Stripe Tax does not recognize the customer's location. Set a valid customer address in order to automatically calculate tax.";

function wordsOf({ statusCode, code, type }: Stripe.errors.StripeError): string {
  if (statusCode === undefined) return 'Stripe Tax did not answer.';
  return `Stripe Tax answered HTTP ${String(statusCode)} (${code ?? type}).`;
}

function isPassing({ statusCode }: Stripe.errors.StripeError): boolean {
  return statusCode === undefined || statusCode >= 500 || statusCode === 429 || statusCode === 409;
}
