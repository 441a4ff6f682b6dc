import { activateAlert } from '../../../domain/meter/alert-changes';
import { alertChange } from './change';

/**
 * Lets an alert trigger again, by usage from now on.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is active, or archived)
 */
export const activateAlertOperation = alertChange({ verb: 'activate', summary: 'Activate an alert', plan: activateAlert });
