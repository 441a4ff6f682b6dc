/**
 * When the steps of a recovery are due. A program counts its waits from the first failure. A step that comes late, after an outage, keeps
 * at least its own wait to the step before it, so that what became overdue is not made up in a burst.
 */
import type { Dunning } from '../rows/dunning';
import type { RecoveryStep } from '../rows/recovery-program';
import { declineGroupOf } from './declines';
import { retryTime, type Retrying } from './timing';

/** How far a recovery has come. */
export type Course = Pick<Dunning, 'program' | 'failedAt' | 'step' | 'reachedAt' | 'dueAt' | 'nextRetryAt'> & Retrying;

/** The place of a step that does something, from `from` on. The length of the program is its final action. */
export function nextAction(steps: readonly RecoveryStep[], from: number): number {
  const found = steps.findIndex((step, place) => place >= from && step.type !== 'wait');
  return found === -1 ? steps.length : found;
}

/** At the first step that does something, after a failure at `now`. */
export const started = <C extends Course>(course: C, now: number): C =>
  placed({ ...course, failedAt: now, reachedAt: now, step: nextAction(course.program.steps, 0) });

/** At the step after the one that was done at `now`. */
export const passed = <C extends Course>(course: C, now: number): C =>
  placed({ ...course, reachedAt: now, step: nextAction(course.program.steps, course.step + 1) });

/** At the final action, which is due now. */
export const ended = <C extends Course>(course: C, now: number): C => ({
  ...course,
  ...{ step: course.program.steps.length, reachedAt: now, dueAt: now, nextRetryAt: null },
});

/** If an attempt was made, or answered, when the next retry was already overdue, it counts as the one try, and the retry moves. */
export function attempted<C extends Course>(course: C, now: number): C {
  const isOverdue = isRetry(course.program.steps[course.step]) && course.dueAt !== null && course.dueAt < now;
  return placed(isOverdue ? { ...course, reachedAt: now } : course);
}

/** A retry waits no longer than this for its network. */
const PUT_OFF_MOST = 30 * 86_400;

/** With its next retry not before `until`; null if that is too late. */
export function putOff<C extends Course>(course: C, until: number): C | null {
  const planned = dueAt({ ...course, notBefore: null }, course.step, course.reachedAt);
  return until > planned + PUT_OFF_MOST ? null : placed({ ...course, notBefore: until });
}

/** The steps from the next one on, with the times at which they are due if nothing else happens and nobody answers. The last is the final action. */
export function stepsAhead(course: Course): { place: number; at: number }[] {
  const ahead: { place: number; at: number }[] = [];
  const { steps } = course.program;
  let after = course.reachedAt;
  for (let place = course.step; ; place = nextAction(steps, place + 1)) {
    const at = dueAt(course, place, after);
    ahead.push({ place, at });
    const step = steps[place];
    if (step === undefined || (step.type === 'task' && step.default === 'stop')) return ahead;
    after = step.type === 'task' ? at + step.answer_within : at;
    if (step.type === 'task' && step.default === 'end') return [...ahead, { place: steps.length, at: after }];
  }
}

/** How many retries the program has. */
export const retriesIn = ({ steps }: Pick<Dunning['program'], 'steps'>): number => steps.filter(isRetry).length;

/** Whether a retry charges the card after this decline. */
export const appliesAfter = (step: RecoveryStep & { type: 'retry' }, declineCode: string | null): boolean =>
  step.declines === null || step.declines.includes(declineGroupOf(declineCode));

/** With the times that follow from where it is. */
export function placed<C extends Course>(course: C): C {
  const ahead = stepsAhead(course);
  const retry = ahead.find(({ place }) => isRetry(course.program.steps[place]));
  return { ...course, dueAt: ahead[0]?.at ?? null, nextRetryAt: retry?.at ?? null };
}

function dueAt(course: Course, place: number, after: number): number {
  const { steps } = course.program;
  const before = steps.slice(0, place);
  const lastAction = before.findLastIndex(({ type }) => type !== 'wait');
  const due = Math.max(course.failedAt + secondsIn(before), after + secondsIn(before.slice(lastAction + 1)));
  const step = steps[place];
  return step?.type === 'retry' ? retryTime(step, course, due) : due;
}

const secondsIn = (steps: readonly RecoveryStep[]): number =>
  steps.reduce((sum, step) => sum + (step.type === 'wait' ? step.seconds : 0), 0);

const isRetry = (step: RecoveryStep | undefined): boolean => step?.type === 'retry';
