import { recordPayment } from './payment-recording';
import type { Step } from './steps';

export const paymentSteps: Record<string, Step> = {
  recordPayment: { plan: recordPayment },
};
