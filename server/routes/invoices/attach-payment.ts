import { attachPaymentUpdate } from '../../../workflows/contract';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { changeInvoice, findInvoice } from '../../writes/entities';
import { checkReferences } from '../../writes/references';

/**
 * Attaches a payment that was made apart from the invoice. It pays the invoice, wholly or in part; what is too much is credited to the
 * customer.
 *
 * @throws BillingError resource_missing, parameter_missing, parameters_exclusive, parameter_invalid if the payment is another customer's or has an invoice already,
 * invoice_already_paid, invoice_not_payable, currency_mismatch, payment_intent_unexpected_state, charge_already_refunded, charge_disputed,
 * payment_attempt_in_progress, lock_timeout
 */
export const attachInvoicePayment = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/attach_payment',
  summary: 'Attach a payment to an invoice',
  tag: 'Invoices',
  parameters: parameters({ payment_intent: id().optional(), payment_record: id().optional() }),
  shows: 'invoice',
  through: 'workflow',
  handle: async (request) => {
    const { payment_intent: intent, payment_record: record } = request.parameters;
    onlyOne(request.parameters, ['payment_intent', 'payment_record']);
    atLeastOne(request.parameters, ['payment_intent', 'payment_record']);
    await findInvoice(request);
    await checkReferences(request, [
      ...(intent === undefined ? [] : [{ kind: 'paymentIntent' as const, id: intent, param: 'payment_intent' }]),
      ...(record === undefined ? [] : [{ kind: 'paymentRecord' as const, id: record, param: 'payment_record' }]),
    ]);
    return changeInvoice(request, attachPaymentUpdate);
  },
});
