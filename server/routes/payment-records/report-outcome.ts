import { reportOutcome } from '../../../domain/collection/payment-records';
import { operation } from '../../http/operation';
import { metadata, parameters, timestamp } from '../../http/parameters';
import { changeRecord } from './change';

/**
 * Reports that the latest attempt was canceled.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptCanceled = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_payment_attempt_canceled',
  summary: 'Report a canceled payment attempt',
  tag: 'Payment records',
  parameters: parameters({ canceled_at: timestamp(), metadata: metadata().optional() }),
  shows: 'paymentRecord',
  handle: (request) =>
    changeRecord(request, 'reportAttemptCanceled', (changes, id) => {
      reportOutcome(changes, id, { outcome: 'canceled', metadata: request.parameters.metadata });
    }),
});

/**
 * Reports that the latest attempt failed.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptFailed = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_payment_attempt_failed',
  summary: 'Report a failed payment attempt',
  tag: 'Payment records',
  parameters: parameters({ failed_at: timestamp(), metadata: metadata().optional() }),
  shows: 'paymentRecord',
  handle: (request) =>
    changeRecord(request, 'reportAttemptFailed', (changes, id) => {
      reportOutcome(changes, id, { outcome: 'failed', metadata: request.parameters.metadata });
    }),
});

/**
 * Reports that the money of the latest attempt is certain. If the record is attached to an invoice, it pays that now.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptGuaranteed = operation({
  method: 'post',
  path: '/v1/payment_records/:id/report_payment_attempt_guaranteed',
  summary: 'Report a guaranteed payment attempt',
  tag: 'Payment records',
  parameters: parameters({ guaranteed_at: timestamp(), metadata: metadata().optional() }),
  shows: 'paymentRecord',
  handle: (request) =>
    changeRecord(request, 'reportAttemptGuaranteed', (changes, id) => {
      reportOutcome(changes, id, { outcome: 'guaranteed', metadata: request.parameters.metadata });
    }),
});
