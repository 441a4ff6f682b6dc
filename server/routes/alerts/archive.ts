import { archiveAlert } from '../../../domain/meter/alert-changes';
import { alertChange } from './change';

/** Puts an alert away for good: lists leave it out. Answers `resource_missing`, `parameter_invalid` (it is archived). */
export const archiveAlertOperation = alertChange({ verb: 'archive', summary: 'Archive an alert', plan: archiveAlert });
