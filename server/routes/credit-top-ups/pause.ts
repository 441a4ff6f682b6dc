import { pauseCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Pauses a rule: it buys nothing until it is resumed. The invoice of a failed payment is voided.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is paused), payment_attempt_in_progress, lock_timeout
 */
export const pauseCreditTopUpOperation = creditTopUpChange({ verb: 'pause', summary: 'Pause a credit top-up', plan: pauseCreditTopUp });
