/** When a step that does not fail holds its entity all the same: it is done again and again, or refused again and again. */
import type { Refusal } from '../domain/core/errors';
import type { StepFailure } from '../domain/rows/held';
import type { AgendaItem } from '../domain/rows/workflow';

/** If a step was done this often in a row and is still due, the entity is held; otherwise the step would repeat forever. */
const REPEATS_MAX = 3;
/** If a step was refused this often in a row, for six seconds, the rows do not allow it, and no caller hears that: the entity is held. */
const REFUSALS_MAX = 6;
/** Refusals that end by themselves: another payment is in flight, another change is being made. */
const PASSING: readonly Refusal['code'][] = ['payment_attempt_in_progress', 'lock_timeout'];

/** @param times how often in a row the step was done and was still due */
export const isRepeating = (times: number): boolean => times >= REPEATS_MAX;

export function repeating({ step }: AgendaItem): StepFailure {
  const message = `${step} was done ${String(REPEATS_MAX)} times in a row, and is due still`;
  return { reason: 'repeating', name: 'RepeatingStep', message, where: null };
}

/** @param times how often in a row the step was refused */
export const isForGood = ({ code }: Refusal, times: number): boolean => times >= REFUSALS_MAX && !PASSING.includes(code);

/** Only the code: the refusal's message may quote what a caller wrote. */
export function refusedForGood({ code }: Refusal): StepFailure {
  return { reason: 'refused', name: 'RefusedStep', message: `refused with ${code}, again and again`, where: null };
}
