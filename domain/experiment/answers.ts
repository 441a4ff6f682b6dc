/** The one question to buyers: was the price clear, and is it fair? */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { ExperimentAssignment, PriceAnswer, PriceQuestionMoment } from '../rows/experiment';

/**
 * Keeps the answer of the person whom the assignment was made for. A later answer to the same question replaces it.
 *
 * @param param what named the person, for the refusal
 * @throws BillingError resource_missing for somebody whom the experiment has not counted
 */
export function answerPriceQuestion(
  changes: ChangeSet,
  found: ExperimentAssignment | undefined,
  { moment, answer, param }: { moment: PriceQuestionMoment; answer: PriceAnswer; param: string },
): ExperimentAssignment {
  const counted = changes.rows.find('experimentAssignment', found?.countedWith ?? null);
  if (!counted) throw new BillingError('resource_missing', 'The experiment has no assignment for this visitor or customer.', { param });
  return changes.patch('experimentAssignment', counted.id, { answers: { ...counted.answers, [moment]: answer } });
}
