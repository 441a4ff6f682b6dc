import type { Step } from './steps';

export const disputeSteps: Record<string, Step> = {};
