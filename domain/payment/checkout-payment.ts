/** What the payment of a checkout session has come to, from the rows that it pays with. */
import type { CheckoutSession } from '../rows/checkout-session';
import type { PaymentIntent } from '../rows/payment-intent';
import type { Rows } from '../rows/rows';

/** Whether what the buyer pays for is there, or a bank collects it: the session is then complete. */
export function isPaid(rows: Rows, session: CheckoutSession): boolean {
  const { mode, paymentIntent, setupIntent, subscription } = session;
  const intent = rows.find('paymentIntent', paymentIntent);
  if (mode === 'payment') return isCollecting(intent) || ['succeeded', 'requires_capture'].includes(intent?.status ?? '');
  if (mode === 'setup') return rows.find('setupIntent', setupIntent)?.status === 'succeeded';
  return ['active', 'trialing'].includes(rows.find('subscription', subscription)?.status ?? '');
}

/** Whether a processor is being asked, so that the outcome must be awaited. */
export function isInFlight(rows: Rows, session: CheckoutSession): boolean {
  const isAsked = [intentPaying(rows, session), rows.find('setupIntent', session.setupIntent)].some(
    (intent) => intent?.status === 'processing',
  );
  return isAsked && !isCollected(rows, session);
}

/** Whether a bank collects the payment, and has not decided. */
export const isCollected = (rows: Rows, session: CheckoutSession): boolean => isCollecting(intentPaying(rows, session));

const isCollecting = (intent: PaymentIntent | undefined): boolean => (intent?.debitedAt ?? null) !== null;

/** Whether the money is reserved on a card, and nothing of it captured. */
export function isReserved(rows: Rows, session: CheckoutSession): boolean {
  const intent = intentPaying(rows, session);
  return intent?.status === 'requires_capture' && intent.amountReceived === 0;
}

/** What the bank has decided, or what the seller has of what was reserved: the first capture pays. Null until then. */
export function decisionOf(rows: Rows, session: CheckoutSession): 'failed' | 'succeeded' | null {
  const intent = intentPaying(rows, session);
  if (intent === undefined || isCollecting(intent) || isReserved(rows, session)) return null;
  return intent.amountReceived > 0 ? 'succeeded' : 'failed';
}

/** The session's own intent, or that of the first invoice of its subscription. */
function intentPaying(rows: Rows, { paymentIntent, invoice: sold, subscription }: CheckoutSession): PaymentIntent | undefined {
  const invoice = rows.find('invoice', sold ?? rows.find('subscription', subscription)?.latestInvoice ?? null);
  return rows.find('paymentIntent', paymentIntent ?? invoice?.paymentIntent ?? null);
}
