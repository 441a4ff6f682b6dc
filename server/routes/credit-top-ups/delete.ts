import { deleteCreditTopUp } from '../../../domain/credit-top-up/changes';
import { creditTopUpChange } from '../../schemas/credit-top-up';

/**
 * Deletes a rule: it buys nothing more, and bought credit stays. The invoice of a failed payment is voided.
 *
 * @throws BillingError resource_missing, payment_attempt_in_progress, lock_timeout
 */
export const deleteCreditTopUpOperation = creditTopUpChange({ verb: 'delete', summary: 'Delete a credit top-up', plan: deleteCreditTopUp });
