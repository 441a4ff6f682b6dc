import { restateRequest } from '../../db/step-requests';
import { BillingError } from '../../domain/core/errors';
import { newPaymentMethod } from '../../domain/customer/payment-methods';
import type { Invoice } from '../../domain/rows/invoice';
import { confirmPaymentUpdate } from '../../workflows/contract';
import { attemptOf, enteredCard, shownAmount, type Entries } from '../checkout/form';
import type { ApiRequest } from '../http/request';

/**
 * Charges the entered card for an invoice, by its own intent, which succeeds only once.
 *
 * @param pageUrl where the cardholder's bank leads back to
 * @throws BillingError invoice_already_paid, invoice_not_payable, payment_attempt_in_progress, checkout_amount_changed, and 402 with the
 * decline
 */
export async function payOnPage(request: ApiRequest<unknown>, { id, customer }: Invoice, entries: Entries, pageUrl: string): Promise<void> {
  const { status, paymentIntent } = await request.find('invoice', id);
  if (status === 'paid') throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  if (status === 'draft' || status === 'void' || paymentIntent === null) {
    throw new BillingError('invoice_not_payable', `Invoice is ${status} and cannot be paid.`);
  }
  const intent = await request.find('paymentIntent', paymentIntent);
  if (intent.attempts !== attemptOf(entries) || intent.status === 'processing') {
    throw new BillingError('payment_attempt_in_progress', 'This invoice was already submitted, in this window or in another.');
  }
  if (intent.amount > (shownAmount(entries) ?? 0)) {
    throw new BillingError('checkout_amount_changed', 'The amount has changed meanwhile. Nothing was charged: look at it again.', {
      param: 'expected_amount',
    });
  }
  const card = await enteredCard(request, entries);
  await request.change({ step: 'createPaymentMethod', customer: null, plan: (changes) => void newPaymentMethod(changes, card) });
  await restateRequest(request.deps.sql, request.id, { return_url: pageUrl, path: {} });
  await request.changeThroughWorkflow({ kind: 'payment', subject: intent.id, customer }, confirmPaymentUpdate, request.newId('pm'));
}
