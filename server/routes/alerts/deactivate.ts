import { deactivateAlert } from '../../../domain/meter/alert-changes';
import { alertChange } from './change';

/**
 * Deactivates an alert, so that it cannot trigger.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is inactive, or archived)
 */
export const deactivateAlertOperation = alertChange({ verb: 'deactivate', summary: 'Deactivate an alert', plan: deactivateAlert });
