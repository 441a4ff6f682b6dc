import { resumeCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Buys again, at once where too little is left; an invoice whose payment has failed is void. Answers `resource_missing`,
 * `parameter_invalid` (it is active), `customer_missing_payment_method`, `payment_attempt_in_progress`, `lock_timeout`.
 */
export const resumeCreditTopUpOperation = creditTopUpChange({ verb: 'resume', summary: 'Resume a credit top-up', plan: resumeCreditTopUp });
