import { cancelRefund, createRefund, recordRefund, settleRefund } from './refunds';
import type { Step } from './steps';

export const refundSteps: Record<string, Step> = {
  createRefund: { plan: createRefund },
  recordRefund: { plan: recordRefund },
  settleRefund: { plan: settleRefund },
  cancelRefund: { plan: cancelRefund },
};
