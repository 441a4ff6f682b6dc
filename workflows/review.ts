import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** A payment on which a person is to decide. It starts at the deadline, and does what the seller has chosen for that; or nothing, if somebody has decided. */
export const reviewWorkflow = entityWorkflow('review', {
  updates: {},
  agenda: { missReview: record },
  calls: {},
});
