import { resumeCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Resumes a rule; it buys at once if too little credit is left. The invoice of a failed payment is voided.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is active), customer_missing_payment_method, payment_attempt_in_progress,
 * lock_timeout
 */
export const resumeCreditTopUpOperation = creditTopUpChange({ verb: 'resume', summary: 'Resume a credit top-up', plan: resumeCreditTopUp });
