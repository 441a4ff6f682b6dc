/** What the payment of a checkout session has come to, from the rows that it pays with. */
import type { CheckoutSession } from '../rows/checkout-session';
import type { Rows } from '../rows/rows';

/** Whether what the buyer pays for is there: the session is then complete. */
export function isPaid(rows: Rows, session: CheckoutSession): boolean {
  const { mode, paymentIntent, setupIntent, subscription } = session;
  if (mode === 'payment') return ['succeeded', 'requires_capture'].includes(rows.find('paymentIntent', paymentIntent)?.status ?? '');
  if (mode === 'setup') return rows.find('setupIntent', setupIntent)?.status === 'succeeded';
  return ['active', 'trialing'].includes(rows.find('subscription', subscription)?.status ?? '');
}

/** Whether a processor is being asked, so that the outcome must be awaited. */
export function isInFlight(rows: Rows, { paymentIntent, setupIntent, subscription }: CheckoutSession): boolean {
  const invoice = rows.find('invoice', rows.find('subscription', subscription)?.latestInvoice ?? null);
  const payments = [paymentIntent, invoice?.paymentIntent ?? null].map((id) => rows.find('paymentIntent', id));
  return [...payments, rows.find('setupIntent', setupIntent)].some((intent) => intent?.status === 'processing');
}
