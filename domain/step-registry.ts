import type { Step } from './steps';
import { paymentSteps } from './payment-steps';
import { refundSteps } from './refund-steps';
import { disputeSteps } from './dispute-steps';
import { dunningSteps } from './dunning-steps';
import { invoiceSteps } from './invoice-steps';
import { subscriptionSteps } from './subscription-steps';

/** Every step that a workflow can commit, by its name on the wire and in the timeline. */
export const STEPS: Record<string, Step | undefined> = {
  ...paymentSteps,
  ...refundSteps,
  ...disputeSteps,
  ...dunningSteps,
  ...invoiceSteps,
  ...subscriptionSteps,
};
