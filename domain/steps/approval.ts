import type { AnyStep } from '../core/steps';
import { missTask } from '../recovery/tasks';

export const approvalSteps: Record<string, AnyStep> = {
  missApproval: {
    plan: (changes, { subject }) => {
      missTask(changes, subject);
      changes.outcome = `nobody has approved ${subject} in time: it is refused`;
    },
  },
};
