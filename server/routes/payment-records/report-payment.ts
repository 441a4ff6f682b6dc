import { reportPayment } from '../../../domain/collection/payment-records';
import { loadMatching, byKey } from '../../../db/matching';
import { operation } from '../../http/operation';
import { name, object, oneOf, parameters } from '../../http/parameters';
import { checkReferences, customerNamed } from '../../writes/references';
import { attemptShape, customerDetails, methodDetails, methodOf, money, outcomeOf, personOf, shippingOf } from './schemas';

/**
 * Reports a payment that was made elsewhere. Attach it to an invoice to have it pay that.
 *
 * @throws BillingError resource_missing (the customer), parameter_invalid, parameter_missing
 */
export const reportPaymentOperation = operation({
  method: 'post',
  path: '/v1/payment_records/report_payment',
  summary: 'Report a payment',
  tag: 'Payment records',
  parameters: parameters({
    ...attemptShape,
    amount_requested: money(),
    customer_details: customerDetails().optional(),
    customer_presence: oneOf(['off_session', 'on_session']).optional(),
    payment_method_details: methodDetails(),
    processor_details: object({
      custom: object({ payment_reference: name({ max: 200 }) }).optional(),
      type: oneOf(['custom']),
    }).optional(),
  }),
  shows: 'paymentRecord',
  async handle(request) {
    const params = request.parameters;
    const { amount_requested: amount, customer_details: details = {}, payment_method_details: method } = params;
    const outcome = outcomeOf(params);
    const { customer = null } = details;
    if (customer !== null) await checkReferences(request, [{ ...customerNamed(customer), param: 'customer_details[customer]' }]);
    await request.change({
      step: 'reportPayment',
      customer,
      load: (tx) => loadMatching(tx, request.scope, customer === null ? [] : [byKey('customer', customer)]),
      plan: (changes) => {
        reportPayment(changes, {
          customer,
          currency: amount.currency,
          amountRequested: amount.value,
          customerDetails: personOf(details),
          customerPresence: params.customer_presence ?? null,
          description: params.description ?? null,
          paymentMethodDetails: methodOf(method),
          paymentReference: params.processor_details?.custom?.payment_reference ?? null,
          shipping: shippingOf(params.shipping_details),
          outcome,
          metadata: params.metadata,
        });
      },
    });
    return { kind: 'paymentRecord', key: request.newId('pr') };
  },
});
