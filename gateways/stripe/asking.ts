/** What an error of Stripe's API means for a payment. Its messages may quote what a cardholder has entered, so only codes are kept. */
import Stripe from 'stripe';
import { ProcessorUnavailable } from '../payment-gateway';
import { isUndecided } from '../remote-processor';

/** Parameters of a read. */
export type Query = Record<string, string | readonly string[]>;

/** @throws ProcessorUnavailable where Stripe has not said what became of the call; else what Stripe refused it with */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unansweredBy(error) ?? error;
  }
}

/** Stripe keeps the answer under a key for a day, an internal error too. Until then the key brings that error again. */
const ASK_AGAIN_AFTER = 3_600_000;

function unansweredBy(error: unknown): ProcessorUnavailable | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  const { statusCode, code, type, headers } = error;
  // The operation is there with other parameters, and is found by its key.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return new ProcessorUnavailable('Stripe knows the key of another call.');
  if (statusCode === undefined) return new ProcessorUnavailable('Stripe did not answer.');
  if (!isUndecided(statusCode)) return null;
  const isKept = statusCode >= 500 && headers?.['idempotent-replayed'] === 'true';
  return new ProcessorUnavailable(
    `Stripe answered HTTP ${String(statusCode)} (${code ?? type}).`,
    isKept ? Date.now() + ASK_AGAIN_AFTER : null,
  );
}

/** A refusal that names what Stripe does not accept, as opposed to a decline of a bank. */
export const isRefused = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError;
