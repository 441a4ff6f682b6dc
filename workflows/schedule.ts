import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One subscription schedule before its start. Ends with its start, because then the subscription's workflow runs it. */
export const scheduleWorkflow = entityWorkflow('schedule', {
  updates: { createSchedule: record, acceptQuote: record, updateSchedule: record, cancelSchedule: record, releaseSchedule: record },
  agenda: { startSchedule: record },
  calls: {},
});
