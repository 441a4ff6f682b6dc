/** When the steps of a program are due, and that every program ends. */
import fc from 'fast-check';
import { nextAction, passed, started, stepsAhead, type Course } from '../../../domain/recovery/schedule';
import type { RecoveryStep } from '../../../domain/rows/recovery-program';
import { DAY } from '../subscription/world';

const FAILED_AT = 1_767_225_600;

const courseOf = (steps: RecoveryStep[]): Course =>
  started(
    {
      program: { id: 'rcvp_1', version: '1', arm: 'all', reason: 'a test', steps, ends_in: 'cancel' },
      ...{ failedAt: 0, step: 0, reachedAt: 0, dueAt: null, nextRetryAt: null, declineCode: null, country: null, notBefore: null },
    },
    FAILED_AT,
  );

const wait = (days: number): RecoveryStep => ({ type: 'wait', seconds: days * DAY });
const retry: RecoveryStep = { type: 'retry', declines: null, hours: null, paydays: null };
const mail: RecoveryStep = { type: 'mail', mail: 'payment_failed' };
const daysOf = (course: Course) =>
  stepsAhead(course).map(({ place, at }) => [course.program.steps[place]?.type ?? 'end', (at - FAILED_AT) / DAY]);

test('waits count from the first failure, and add up; what stands together happens together', () => {
  const course = courseOf([mail, wait(1), retry, wait(2), retry, mail, wait(4)]);
  expect(daysOf(course)).toEqual([
    ['mail', 0],
    ['retry', 1],
    ['retry', 3],
    ['mail', 3],
    ['end', 7],
  ]);
});

test('a step that comes late moves those after it, which keep their own waits', () => {
  const late = passed(courseOf([wait(1), retry, wait(1), retry, wait(5), retry]), FAILED_AT + 4 * DAY);
  expect(daysOf(late)).toEqual([
    ['retry', 5],
    ['retry', 10],
    ['end', 10],
  ]);
});

test('a program without steps has its final action at once', () => {
  expect(daysOf(courseOf([]))).toEqual([['end', 0]]);
});

const programs = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 40 * DAY }).map((seconds): RecoveryStep => ({ type: 'wait', seconds })),
    fc.constantFrom(retry, mail, { type: 'notify', notice: 'late' } as RecoveryStep),
  ),
  { maxLength: 12 },
);

test('whatever the program and however late each step, it ends after as many steps as it has, in order, none earlier than planned', () => {
  fc.assert(
    fc.property(programs, fc.array(fc.integer({ min: 0, max: 20 * DAY }), { minLength: 12, maxLength: 12 }), (steps, delays) => {
      let course = courseOf(steps);
      const planned = new Map(stepsAhead(course).map(({ place, at }) => [place, at]));
      const actions = steps.filter(({ type }) => type !== 'wait').length;
      for (let done = 0; done < actions; done += 1) {
        const due = course.dueAt ?? Infinity;
        expect(due).toBeGreaterThanOrEqual(planned.get(course.step) ?? Infinity);
        expect(course.step).toBe(nextAction(steps, course.step));
        course = passed(course, due + (delays[done] ?? 0));
        expect(course.dueAt).toBeGreaterThanOrEqual(due);
      }
      expect(course.step).toBe(steps.length);
    }),
  );
});
