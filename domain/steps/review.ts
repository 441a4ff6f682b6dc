import { missReview } from '../payment/reviews';
import type { AnyStep } from '../core/steps';

export const reviewSteps: Record<string, AnyStep> = {
  missReview: { plan: missReview },
};
