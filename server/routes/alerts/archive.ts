import { archiveAlert } from '../../../domain/meter/alert-changes';
import { alertChange } from './change';

/**
 * Archives an alert for good: lists omit it.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is archived)
 */
export const archiveAlertOperation = alertChange({ verb: 'archive', summary: 'Archive an alert', plan: archiveAlert });
