import { assess } from '../domain/payment/fraud';
import type { FraudAssessment } from '../domain/rows/payment-attempt';
import { loadFraudFacts } from '../db/payments';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';

export function createFraudActivities(deps: Pick<ActivityDependencies, 'sql'>) {
  return {
    /** The verdict before a charge. A setup moves no money, so its card is assessed when it is charged. */
    assessFraud: (input: { attempt: string }): Promise<Answer<FraudAssessment | null>> =>
      answering(async () => {
        const { kind, settings, facts } = await loadFraudFacts(deps.sql, input.attempt);
        return kind === 'setup' ? null : assess(facts, settings);
      }),
  };
}
