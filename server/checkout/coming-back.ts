/** A payer comes back from the page to which the payment had sent them: their bank's, Link's, or that of iDEAL, Klarna and the like. */
import type { Request } from 'express';
import type { PaymentError, PaymentIntent, SetupIntent } from '../../domain/rows/payment-intent';
import type { Problem } from '../../web/checkout/model';
import { problemOf } from './problems';

type Attempted = Pick<PaymentIntent, 'id' | 'lastPaymentError' | 'status'> | Pick<SetupIntent, 'id' | 'lastSetupError' | 'status'>;

/**
 * What they are told whose payment was not approved there, or was declined after it. Null: they come from elsewhere, or it was approved.
 *
 * @param ofPage loads the intents of the page: no other is spoken of, whatever the address says
 */
export async function problemOnReturn(request: Request, ofPage: () => Promise<readonly Attempted[]>): Promise<Problem | null> {
  const query = new URL(request.url, 'http://here').searchParams;
  if (query.get('redirect_status') !== 'failed') return null;
  const named = query.get('payment_intent') ?? query.get('setup_intent');
  const intent = (await ofPage()).find(({ id }) => id === named);
  if (intent?.status !== 'requires_payment_method') return null;
  const error = 'lastPaymentError' in intent ? intent.lastPaymentError : intent.lastSetupError;
  if (error === null) return null;
  return NOT_APPROVED.has(error.code) ? 'notApproved' : problemOf(error);
}

/** A processor answers with one of the last two where the payer was sent elsewhere. */
const NOT_APPROVED: ReadonlySet<PaymentError['code']> = new Set([
  ...['payment_intent_authentication_failure', 'setup_intent_authentication_failure'],
  ...['payment_method_customer_decline', 'payment_method_provider_decline'],
]);
