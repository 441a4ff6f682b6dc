import { pauseCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Buys nothing until it is resumed; an invoice whose payment has failed is void. Answers `resource_missing`, `parameter_invalid`
 * (it is paused), `payment_attempt_in_progress`, `lock_timeout`.
 */
export const pauseCreditTopUpOperation = creditTopUpChange({ verb: 'pause', summary: 'Pause a credit top-up', plan: pauseCreditTopUp });
