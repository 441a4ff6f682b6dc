import type { FraudAssessment } from '../domain/rows/payment-attempt';
import { loadFraudFacts } from '../db/payments';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';
import { judgeBefore } from './fraud-rules';

export function createFraudActivities(deps: Pick<ActivityDependencies, 'score' | 'secret' | 'sql'>) {
  return {
    /** The verdict before a charge, or before a card is set up. */
    assessFraud: (input: { attempt: string }): Promise<Answer<FraudAssessment>> =>
      answering(async () => {
        const fraud = await loadFraudFacts(deps.sql, input.attempt);
        return judgeBefore(deps, input.attempt, fraud);
      }),
  };
}
