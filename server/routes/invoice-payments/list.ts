import { atLeastOne } from '../../http/exclusive';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, object, oneOf, pagination, parameters, range } from '../../http/parameters';

const listParameters = parameters({
  ...pagination,
  created: range().optional(),
  invoice: id().optional(),
  payment: object({
    payment_intent: id().optional(),
    payment_record: id().optional(),
    type: oneOf(['payment_intent', 'payment_record']),
  }).optional(),
  status: oneOf(['canceled', 'open', 'paid']).optional(),
});

/**
 * Lists invoice payments, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameter_missing for payment without its intent or record, parameters_exclusive
 */
export const listInvoicePayments = operation({
  method: 'get',
  path: '/v1/invoice_payments',
  summary: 'List invoice payments',
  tag: 'Invoice payments',
  parameters: listParameters,
  shows: 'invoicePayment',
  handle: (request) => {
    const { created, invoice, payment, status } = request.parameters;
    if (payment) atLeastOne(payment, [payment.type], 'payment');
    return list(request, 'invoicePayment', [
      rangeFilter('created', created),
      equals('invoice', invoice),
      equals('paymentIntent', payment?.payment_intent),
      equals('paymentRecord', payment?.payment_record),
      equals('status', status),
    ]);
  },
});
