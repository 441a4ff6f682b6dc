import type { Operation } from '../../http/operation';
import { listPaymentRecords } from './list';
import { reportPaymentAttempt } from './report-attempt';
import { reportInformational } from './report-informational';
import { reportAttemptCanceled, reportAttemptFailed, reportAttemptGuaranteed } from './report-outcome';
import { reportPaymentOperation } from './report-payment';
import { reportRefundOperation } from './report-refund';
import { retrievePaymentRecord } from './retrieve';

export const paymentRecords: Operation[] = [
  listPaymentRecords,
  reportPaymentOperation,
  reportPaymentAttempt,
  reportAttemptCanceled,
  reportAttemptFailed,
  reportAttemptGuaranteed,
  reportInformational,
  reportRefundOperation,
  retrievePaymentRecord,
];
