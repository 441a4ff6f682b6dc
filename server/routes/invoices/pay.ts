import { BillingError } from '../../../domain/core/errors';
import type { PaymentError, PaymentIntent } from '../../../domain/rows/payment-intent';
import { payInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice, findInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { boolean, id, parameters } from '../../http/parameters';
import { checkReferences, paymentMethodOf } from '../../writes/references';
import { onlyOne } from '../../http/exclusive';
import type { ApiRequest } from '../../http/request';

export const payParameters = parameters({
  // For money sent in advance, which a card never is.
  forgive: boolean().optional(),
  off_session: boolean().optional(),
  paid_out_of_band: boolean().optional(),
  payment_method: id().optional(),
});

/**
 * Charges an invoice now, or records that it was paid elsewhere.
 *
 * @throws BillingError resource_missing, parameters_exclusive, invoice_already_paid, invoice_not_payable, customer_missing_payment_method,
 * payment_attempt_in_progress, lock_timeout; 402 with the card's own code, or invoice_payment_intent_requires_action
 */
export const payInvoice = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/pay',
  summary: 'Pay an invoice',
  tag: 'Invoices',
  parameters: payParameters,
  shows: 'invoice',
  through: 'workflow',
  unsupported: ['mandate', 'source'],
  handle: async (request) => {
    const { payment_method: method, paid_out_of_band: elsewhere } = request.parameters;
    if (elsewhere) onlyOne(request.parameters, ['paid_out_of_band', 'payment_method']);
    const { customer } = await findInvoice(request);
    if (method !== undefined) await checkReferences(request, [paymentMethodOf(customer, method, 'payment_method')]);
    const reply = await changeInvoice(request, payInvoiceUpdate);
    await refuseUnpaid(request);
    return reply;
  },
});

/** The attempt was committed, and its outcome is the answer. If the outcome is not known yet, the invoice stays open. */
async function refuseUnpaid<P>(request: ApiRequest<P>): Promise<void> {
  const invoice = await findInvoice(request);
  if (invoice.status === 'paid' || invoice.paymentIntent === null) return;
  const intent = await request.find('paymentIntent', invoice.paymentIntent);
  if (intent.status === 'requires_action') throw cardError(intent, REQUIRES_ACTION);
  if (intent.status === 'requires_payment_method' && intent.lastPaymentError) throw cardError(intent, intent.lastPaymentError);
}

const REQUIRES_ACTION: PaymentError = {
  type: 'card_error',
  code: 'invoice_payment_intent_requires_action',
  decline_code: null,
  message:
    'This payment requires additional user action before it can be completed successfully. ' +
    'Payment can be completed using the PaymentIntent associated with the invoice.',
  payment_method: null,
  charge: null,
};

function cardError(intent: PaymentIntent, error: PaymentError): BillingError {
  const { code, decline_code: declineCode, message, charge } = error;
  const card = { code, declineCode, charge, paymentIntent: intent.id, paymentMethod: error.payment_method ?? intent.paymentMethod };
  return new BillingError(intent.status === 'requires_action' ? 'authentication_required' : 'card_declined', message, { card });
}
