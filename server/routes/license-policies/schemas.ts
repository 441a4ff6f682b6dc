import { emptyable, integer, metadata, oneOf } from '../../http/parameters';

const consequence = () => oneOf(['keep', 'revoke']).optional();
const YEARS = 3653;

/** What licenses of a product get. */
export const policyTerms = {
  activation_limit: emptyable(integer({ min: 1, max: 1_000_000 })).optional(),
  duration_days: emptyable(integer({ min: 1, max: YEARS })).optional(),
  lease_days: integer({ min: 1, max: YEARS }).optional(),
  metadata: metadata().optional(),
  on_cancellation: consequence(),
  on_dispute: consequence(),
  on_refund: consequence(),
};
