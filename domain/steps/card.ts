import type { AnyStep } from '../core/steps';
import { warnOfExpiry } from '../mail/card-expiry';

export const cardSteps: Record<string, AnyStep> = {
  warnOfExpiry: {
    plan: (changes, { subject }) => {
      warnOfExpiry(changes, subject);
    },
  },
};
