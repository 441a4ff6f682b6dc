import { cancelRefund, createRefund, recordRefund, settleRefund } from '../payment/refunds';
import type { Step } from '../core/steps';

export const refundSteps: Record<string, Step> = {
  createRefund: { plan: createRefund },
  recordRefund: { plan: recordRefund },
  settleRefund: { plan: settleRefund },
  cancelRefund: { plan: cancelRefund },
};
