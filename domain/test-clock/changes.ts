/** What callers and the scheduler do to a test clock, each in one plan. */
import type { Plan } from '../core/change-set';
import type { TestClock } from '../rows/test-clock';
import type { BillingInterval } from '../money/billing-period';
import { assertAdvanceWithin } from '../money/bounds';
import { assertCanAdvance, KEPT_SECONDS } from './rules';

/** Its own times are real; only what is on it lives in frozen time. */
export function createTestClock(plan: Plan, of: { id: string; frozenTime: number; name: string | null }): TestClock {
  const clock = plan.put('testClock', {
    ...plan.resource('clock'),
    ...of,
    targetTime: null,
    status: 'ready',
    statusDetails: {},
    deletesAfter: plan.now + KEPT_SECONDS,
    deleted: false,
  });
  plan.emit('test_helpers.test_clock.created', 'testClock', of.id);
  return clock;
}

/** Says where to; the clock's workflow brings everything there. `intervals` are those that anything on it is billed by. */
export function startAdvance(plan: Plan, id: string, to: number, intervals: BillingInterval[]): void {
  const clock = plan.rows.get('testClock', id);
  assertCanAdvance(clock, to);
  assertAdvanceWithin(clock.frozenTime, to, intervals);
  plan.patch('testClock', id, { status: 'advancing', targetTime: to, statusDetails: { from: clock.frozenTime, progress_at: plan.now } });
  plan.emit('test_helpers.test_clock.advancing', 'testClock', id);
}

/** All that is due up to the target is done, but by those that are held. */
export function finishAdvance(plan: Plan, id: string, held: string[]): void {
  const { status, targetTime, frozenTime } = plan.rows.get('testClock', id);
  if (status !== 'advancing') return;
  rest(plan, id, targetTime ?? frozenTime, held);
}

/**
 * Stops an advance at the instant that it has come to. What is due at that instant and is not done yet is done soon after, or
 * first of all by the next advance. One that has ended by then stays as it ended.
 */
export function cancelAdvance(plan: Plan, id: string): void {
  const { status, frozenTime, statusDetails } = plan.rows.get('testClock', id);
  if (status !== 'advancing') return;
  plan.outcome = 'canceled';
  rest(plan, id, frozenTime, statusDetails.held ?? []);
}

function rest(plan: Plan, id: string, frozenTime: number, held: string[]): void {
  const statusDetails = held.length === 0 ? {} : { held };
  plan.patch('testClock', id, { status: 'ready', frozenTime, targetTime: null, statusDetails });
  plan.emit('test_helpers.test_clock.ready', 'testClock', id);
}

/** Time stays where it is; a further advance goes on. `reason` is for people, ids only. */
export function failAdvance(plan: Plan, id: string, reason: string): void {
  const { status, statusDetails } = plan.rows.get('testClock', id);
  if (status !== 'advancing') return;
  const { held } = statusDetails;
  plan.patch('testClock', id, { status: 'internal_failure', statusDetails: held === undefined ? { reason } : { reason, held } });
  plan.outcome = reason;
  plan.emit('test_helpers.test_clock.internal_failure', 'testClock', id);
}

/** Takes its customers and their subscriptions along, also in the middle of an advance. What was billed stays in the books. */
export function deleteTestClock(plan: Plan, id: string): void {
  const clock = plan.rows.get('testClock', id);
  for (const customer of plan.rows.all('customer')) plan.patch('customer', customer.id, { deleted: true });
  for (const subscription of plan.rows.all('subscription')) {
    plan.patch('subscription', subscription.id, { status: 'canceled', canceledAt: clock.frozenTime, endedAt: clock.frozenTime });
  }
  plan.patch('testClock', id, { deleted: true, status: 'ready', targetTime: null, statusDetails: {} });
  plan.emit('test_helpers.test_clock.deleted', 'testClock', id);
}
