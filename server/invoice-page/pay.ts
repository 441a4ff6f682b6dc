import { restateRequest } from '../../db/step-requests';
import { BillingError } from '../../domain/core/errors';
import type { MandateParameters } from '../../domain/customer/mandates';
import { newPaymentMethod } from '../../domain/customer/payment-methods';
import type { Invoice } from '../../domain/rows/invoice';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
import { confirmPaymentUpdate } from '../../workflows/contract';
import { enteredMethod } from '../checkout/entered-method';
import { attemptOf, shownAmount, type Entries } from '../checkout/form';
import { walletsOf } from '../checkout/wallets';
import { methodsOf, paysLater } from './methods';
import type { ApiRequest } from '../http/request';

/**
 * Charges the entered card for an invoice, or has the bank collect from the entered account, by its own intent, which succeeds only once.
 *
 * `pageUrl` is where the cardholder's bank leads back to, and `mandate` what the holder of an account agrees to.
 *
 * @throws BillingError invoice_already_paid, invoice_not_payable, payment_attempt_in_progress, checkout_amount_changed, and 402 with the
 * decline
 */
export async function payOnPage(
  request: ApiRequest<unknown>,
  { id, customer }: Invoice,
  { entries, pageUrl, mandate }: { entries: Entries; pageUrl: string; mandate: MandateParameters },
): Promise<void> {
  const invoice = await request.find('invoice', id);
  const intent = await request.find('paymentIntent', intentToPay(invoice));
  assertAsShown(intent, entries);
  const { email, name } = invoice.customerDetails;
  const offered = await methodsOf(request.deps.sql, invoice);
  const wallets = () => walletsOf(request.deps.sql, invoice, { methods: offered, configuration: null });
  const made = await enteredMethod(request, { entries, offered, wallets, payer: { email, name } });
  await request.change({ step: 'createPaymentMethod', customer: null, plan: (changes) => void newPaymentMethod(changes, made) });
  const becomes_default = await paysLater(request.deps.sql, invoice);
  await restateRequest(request.deps.sql, request.id, { return_url: pageUrl, path: {}, mandate_data: mandate, becomes_default });
  await request.changeThroughWorkflow({ kind: 'payment', subject: intent.id, customer }, confirmPaymentUpdate, request.newId('pm'));
}

function intentToPay({ status, paymentIntent }: Invoice): string {
  if (status === 'paid') throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  if (status !== 'draft' && status !== 'void' && paymentIntent !== null) return paymentIntent;
  throw new BillingError('invoice_not_payable', `Invoice is ${status} and cannot be paid.`);
}

/** The page has shown how the payment stands, and what it costs. */
function assertAsShown({ amount, attempts, status }: PaymentIntent, entries: Entries): void {
  if (attempts !== attemptOf(entries) || status === 'processing') {
    throw new BillingError('payment_attempt_in_progress', 'This invoice was already submitted, in this window or in another.');
  }
  if (amount <= (shownAmount(entries) ?? 0)) return;
  throw new BillingError('checkout_amount_changed', 'The amount has changed meanwhile. Nothing was charged: look at it again.', {
    param: 'expected_amount',
  });
}
