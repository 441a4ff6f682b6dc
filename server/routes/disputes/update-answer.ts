import { WHEN_UNANSWERED } from '../../../domain/rows/dispute';
import { toDisputeAnswer } from '../../../objects/dispute';
import { disputeAnswer } from '../../../objects/shapes/dispute';
import { planAnswerUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { oneOf, owner, parameters, timestamp } from '../../http/parameters';

/**
 * Dunlin's own: changes who answers a dispute, until when, and what happens otherwise. The evidence itself is staged with `submit=false` on the
 * dispute.
 *
 * @throws BillingError resource_missing, dispute_not_editable, parameter_invalid, lock_timeout
 */
export const updateDisputeAnswer = operation({
  method: 'post',
  path: '/v1/disputes/:dispute/answer',
  summary: 'Update the plan to answer a dispute',
  tag: 'Disputes',
  own: true,
  parameters: parameters({
    answers_at: timestamp().optional(),
    owner: owner().optional(),
    when_unanswered: oneOf(WHEN_UNANSWERED).optional(),
  }),
  answer: disputeAnswer,
  through: 'workflow',
  async handle(request) {
    const { id: subject, customer } = await request.find('dispute', request.pathId('dispute'));
    await request.changeThroughWorkflow({ kind: 'dispute', subject, customer }, planAnswerUpdate);
    return { body: toDisputeAnswer(await request.find('dispute', subject)) };
  },
});
