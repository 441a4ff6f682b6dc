import { toDisputeAnswer } from '../../../objects/dispute';
import { disputeAnswer } from '../../../objects/shapes/dispute';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Dunlin's own: what was drafted as evidence of a dispute and from where, which fields its reason still asks for, who answers and until when, and what
 * happens otherwise.
 *
 * @throws BillingError resource_missing
 */
export const retrieveDisputeAnswer = operation({
  method: 'get',
  path: '/v1/disputes/:dispute/answer',
  summary: 'Retrieve the drafted answer to a dispute',
  tag: 'Disputes',
  own: true,
  parameters: parameters({}),
  answer: disputeAnswer,
  async handle(request) {
    return { body: toDisputeAnswer(await request.find('dispute', request.pathId('dispute'))) };
  },
});
