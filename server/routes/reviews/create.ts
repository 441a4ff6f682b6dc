import { lockFacts } from '../../../db/facts';
import { openReviewByHand } from '../../../domain/payment/reviews';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Dunlin's own, because at Stripe it is done in the Dashboard: opens a review of a charge by hand (`opened_reason=manual`).
 *
 * @throws BillingError resource_missing, parameter_invalid for a charge that has failed, or is disputed, refunded or in review, lock_timeout
 */
export const createReview = operation({
  method: 'post',
  path: '/v1/reviews',
  summary: 'Open a review',
  tag: 'Radar',
  own: true,
  parameters: parameters({ charge: id() }),
  shows: 'review',
  async handle(request) {
    const { id: charge, customer } = await request.find('charge', request.parameters.charge, 'charge');
    const facts = { account: request.scope.account, customer, charge };
    await request.change({
      step: 'createReview',
      customer,
      subject: charge,
      load: (tx) => lockFacts(tx, facts),
      plan: (changes) => {
        openReviewByHand(changes, present(changes, 'charge', charge).id);
      },
    });
    return { kind: 'review', key: request.newIdIn(charge, 'prv') };
  },
});
