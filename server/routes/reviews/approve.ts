import { approveReview } from '../../../domain/payment/reviews';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeReview } from './change-review';

/**
 * Approves a payment in review, which closes the review.
 *
 * @throws BillingError resource_missing, parameter_invalid for a closed review, lock_timeout
 */
export const approveOneReview = operation({
  method: 'post',
  path: '/v1/reviews/:review/approve',
  summary: 'Approve a review',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'review',
  handle: (request) => changeReview(request, 'approveReview', approveReview),
});
