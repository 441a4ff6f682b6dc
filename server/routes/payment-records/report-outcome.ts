import { reportOutcome } from '../../../domain/collection/payment-records';
import type { Metadata } from '../../../domain/rows/resource';
import { operation } from '../../http/operation';
import { metadata, parameters, timestamp } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { changeRecord } from './change';

const SHARED = { method: 'post', tag: 'Payment records', shows: 'paymentRecord' } as const;

/**
 * Reports that the latest attempt was canceled.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptCanceled = operation({
  ...SHARED,
  path: '/v1/payment_records/:id/report_payment_attempt_canceled',
  summary: 'Report a canceled payment attempt',
  parameters: parameters({ canceled_at: timestamp(), metadata: metadata().optional() }),
  handle: (request) => report(request, 'reportAttemptCanceled', 'canceled'),
});

/**
 * Reports that the latest attempt failed.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptFailed = operation({
  ...SHARED,
  path: '/v1/payment_records/:id/report_payment_attempt_failed',
  summary: 'Report a failed payment attempt',
  parameters: parameters({ failed_at: timestamp(), metadata: metadata().optional() }),
  handle: (request) => report(request, 'reportAttemptFailed', 'failed'),
});

/**
 * Reports that the money of the latest attempt is certain. If the record is attached to an invoice, it pays that now.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const reportAttemptGuaranteed = operation({
  ...SHARED,
  path: '/v1/payment_records/:id/report_payment_attempt_guaranteed',
  summary: 'Report a guaranteed payment attempt',
  parameters: parameters({ guaranteed_at: timestamp(), metadata: metadata().optional() }),
  handle: (request) => report(request, 'reportAttemptGuaranteed', 'guaranteed'),
});

type WithMetadata = ApiRequest<{ metadata?: Metadata | null | undefined }>;

function report(request: WithMetadata, step: string, outcome: Parameters<typeof reportOutcome>[2]['outcome']) {
  return changeRecord(request, step, (changes, id) => {
    reportOutcome(changes, id, { outcome, metadata: request.parameters.metadata });
  });
}
