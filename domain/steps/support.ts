import { missAnswer } from '../support/tickets';
import type { AnyStep } from '../core/steps';

export const supportSteps: Record<string, AnyStep> = {
  missAnswer: {
    plan: (changes, { subject }) => {
      missAnswer(changes, subject);
    },
  },
};
