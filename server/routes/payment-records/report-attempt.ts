import { reportAttempt } from '../../../domain/collection/payment-records';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeRecord } from './change';
import { attemptShape, methodDetails, methodOf, outcomeOf, shippingOf } from './schemas';

/**
 * Reports another attempt at a payment, after the one before it has failed or was canceled.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameter_missing
 */
export const reportPaymentAttempt = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_payment_attempt',
  summary: 'Report a payment attempt',
  tag: 'Payment records',
  parameters: parameters({ ...attemptShape, payment_method_details: methodDetails().optional() }),
  shows: 'paymentRecord',
  handle(request) {
    const { description, payment_method_details: method, shipping_details: shipping, metadata } = request.parameters;
    const outcome = outcomeOf(request.parameters);
    return changeRecord(request, 'reportPaymentAttempt', (changes, id) => {
      reportAttempt(changes, id, {
        ...{ outcome, description, metadata },
        paymentMethodDetails: method && methodOf(method),
        shipping: shipping && shippingOf(shipping),
      });
    });
  },
});
