import { deactivateAlert } from '../../../domain/meter/alert-changes';
import { alertChange } from './change';

/** Keeps an alert from triggering. Answers `resource_missing`, `parameter_invalid` (it is inactive, or archived). */
export const deactivateAlertOperation = alertChange({ verb: 'deactivate', summary: 'Deactivate an alert', plan: deactivateAlert });
