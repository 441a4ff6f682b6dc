import { reportRefund } from '../../../domain/collection/payment-records';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { metadata, name, object, oneOf, parameters, timestamp } from '../../http/parameters';
import { changeRecord } from './change';
import { money } from './schemas';

/**
 * Reports that a guaranteed payment was given back, wholly or in part.
 *
 * @throws BillingError resource_missing, parameter_invalid, currency_mismatch, refund_exceeds_charge
 */
export const reportRefundOperation = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_refund',
  summary: 'Report a refund',
  tag: 'Payment records',
  parameters: parameters({
    amount: money().optional(),
    initiated_at: timestamp().optional(),
    metadata: metadata().optional(),
    outcome: oneOf(['refunded']),
    processor_details: object({ custom: object({ refund_reference: name({ max: 200 }) }).optional(), type: oneOf(['custom']) }),
    refunded: object({ refunded_at: timestamp() }).optional(),
  }),
  shows: 'paymentRecord',
  handle(request) {
    const { amount, metadata: data } = request.parameters;
    return changeRecord(request, 'reportRefund', (changes, id) => {
      const { currency } = changes.rows.get('paymentRecord', id);
      if (amount && amount.currency !== currency) {
        throw new BillingError('currency_mismatch', `The payment is in ${currency}.`, { param: 'amount[currency]' });
      }
      reportRefund(changes, id, { amount: amount?.value, metadata: data });
    });
  },
});
