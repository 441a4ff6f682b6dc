/** What callers and the scheduler do to a test clock, each in one plan. */
import type { Plan } from './plan';
import type { TestClock } from './test-clock';
import { assertCanAdvance, assertNotAdvancing, KEPT_SECONDS } from './test-clock-rules';
import type { BillingInterval } from './billing-period';
import { assertAdvanceWithin } from './bounds';

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
  plan.patch('testClock', id, { status: 'advancing', targetTime: to, statusDetails: { progress_at: plan.now } });
  plan.emit('test_helpers.test_clock.advancing', 'testClock', id);
}

/** All that is due up to the target is done. */
export function finishAdvance(plan: Plan, id: string): void {
  const { status, targetTime, frozenTime } = plan.rows.get('testClock', id);
  if (status !== 'advancing') return;
  plan.patch('testClock', id, { status: 'ready', frozenTime: targetTime ?? frozenTime, targetTime: null, statusDetails: {} });
  plan.emit('test_helpers.test_clock.ready', 'testClock', id);
}

/** Time stays where it is; a further advance goes on. `reason` is for people, ids only. */
export function failAdvance(plan: Plan, id: string, reason: string): void {
  if (plan.rows.get('testClock', id).status !== 'advancing') return;
  plan.patch('testClock', id, { status: 'internal_failure', statusDetails: { reason } });
  plan.outcome = reason;
  plan.emit('test_helpers.test_clock.internal_failure', 'testClock', id);
}

/** Takes its customers and their subscriptions along. What was billed stays in the books. */
export function deleteTestClock(plan: Plan, id: string): void {
  const clock = plan.rows.get('testClock', id);
  assertNotAdvancing(clock);
  for (const customer of plan.rows.all('customer')) plan.patch('customer', customer.id, { deleted: true });
  for (const subscription of plan.rows.all('subscription')) {
    plan.patch('subscription', subscription.id, { status: 'canceled', canceledAt: clock.frozenTime, endedAt: clock.frozenTime });
  }
  plan.patch('testClock', id, { deleted: true });
  plan.emit('test_helpers.test_clock.deleted', 'testClock', id);
}
