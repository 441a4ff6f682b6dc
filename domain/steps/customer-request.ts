import { missRequest } from '../contract/requests';
import type { AnyStep } from '../core/steps';

export const customerRequestSteps: Record<string, AnyStep> = {
  missRequest: {
    plan: (changes, { subject }) => {
      missRequest(changes, subject);
    },
  },
};
