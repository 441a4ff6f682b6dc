import { recordCancellation, recordCapture } from '../collection/authorizations';
import { settleDebit } from '../collection/debits';
import { recordPayment } from '../collection/payment-recording';
import {
  cancelPayment,
  cancelSetup,
  capturePayment,
  confirmPayment,
  confirmSetup,
  expireAuthorization,
  finishAuthentication,
} from '../collection/payment-requests';
import { verifyMicrodeposits } from '../collection/verification';
import { sendWaitingCapture, sendWaitingPayment } from '../collection/waiting';
import type { AnyStep } from '../core/steps';

/** The steps of `paymentWorkflow`. Every workflow that makes an attempt also has `recordPayment`. */
export const paymentSteps: Record<string, AnyStep> = {
  confirmPayment: { plan: confirmPayment },
  capturePayment: { plan: capturePayment },
  cancelPayment: { plan: cancelPayment },
  finishAuthentication: { plan: finishAuthentication },
  verifyMicrodeposits: { plan: verifyMicrodeposits },
  confirmSetup: { plan: confirmSetup },
  cancelSetup: { plan: cancelSetup },
  recordPayment: { plan: recordPayment },
  recordCapture: { plan: recordCapture },
  recordCancellation: { plan: recordCancellation },
  sendWaitingPayment: { plan: sendWaitingPayment },
  sendWaitingCapture: { plan: sendWaitingCapture },
  expireAuthorization: { plan: expireAuthorization },
  settleDebit: { plan: settleDebit },
};
