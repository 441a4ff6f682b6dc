import { cancelRefund, createRefund, recordRefund, settleRefund } from '../payment/refunds';
import type { AnyStep } from '../core/steps';

export const refundSteps: Record<string, AnyStep> = {
  createRefund: { plan: createRefund },
  recordRefund: { plan: recordRefund },
  settleRefund: { plan: settleRefund },
  cancelRefund: { plan: cancelRefund },
};
