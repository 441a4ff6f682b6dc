import type { Step } from './steps';

export const refundSteps: Record<string, Step> = {};
