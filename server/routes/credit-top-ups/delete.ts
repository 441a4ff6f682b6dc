import { deleteCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Buys nothing any more; credit that was bought stays. An invoice whose payment has failed is void. Answers `resource_missing`,
 * `payment_attempt_in_progress`, `lock_timeout`.
 */
export const deleteCreditTopUpOperation = creditTopUpChange({ verb: 'delete', summary: 'Delete a credit top-up', plan: deleteCreditTopUp });
