import { reportInformation } from '../../../domain/collection/payment-records';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters, text } from '../../http/parameters';
import { checkReferences, customerNamed } from '../../writes/references';
import { changeRecord } from './change';
import { customerDetails, personOf, shippingDetails, shippingOf } from './schemas';

/**
 * Changes what describes a payment.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportInformational = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_payment_attempt_informational',
  summary: 'Report information about a payment',
  tag: 'Payment records',
  parameters: parameters({
    customer_details: customerDetails().optional(),
    description: emptyable(text()).optional(),
    metadata: metadata().optional(),
    shipping_details: emptyable(shippingDetails()).optional(),
  }),
  shows: 'paymentRecord',
  async handle(request) {
    const { customer_details: details, description, metadata: data, shipping_details: shipping } = request.parameters;
    const customer = details?.customer;
    if (customer !== undefined) await checkReferences(request, [{ ...customerNamed(customer), param: 'customer_details[customer]' }]);
    return changeRecord(request, 'reportInformational', (changes, id) => {
      reportInformation(changes, id, {
        ...(customer === undefined ? {} : { customer }),
        ...(details === undefined ? {} : { customerDetails: personOf(details) }),
        ...(description === undefined ? {} : { description }),
        ...(shipping === undefined ? {} : { shipping: shippingOf(shipping ?? undefined) }),
        metadata: data,
      });
    });
  },
});
