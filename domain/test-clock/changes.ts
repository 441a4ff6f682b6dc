/** Changes of a test clock by callers and by its scheduler. */
import type { ChangeSet } from '../core/change-set';
import type { TestClock } from '../rows/test-clock';
import type { BillingInterval } from '../money/billing-period';
import { assertAdvanceWithin } from '../money/bounds';
import { assertCanAdvance, KEPT_SECONDS } from './rules';

/** The clock's own timestamps are real time; only the objects on it use frozen time. */
export function createTestClock(changes: ChangeSet, of: { id: string; frozenTime: number; name: string | null }): TestClock {
  const clock = changes.put('testClock', {
    ...changes.resource('clock'),
    ...of,
    targetTime: null,
    status: 'ready',
    statusDetails: {},
    deletesAfter: changes.now + KEPT_SECONDS,
    deleted: false,
  });
  changes.emit('test_helpers.test_clock.created', 'testClock', of.id);
  return clock;
}

/**
 * Sets the target; the clock's workflow then advances everything to it. `intervals` are the billing intervals of everything on the clock.
 */
export function startAdvance(changes: ChangeSet, id: string, to: number, intervals: BillingInterval[]): void {
  const clock = changes.rows.get('testClock', id);
  assertCanAdvance(clock, to);
  assertAdvanceWithin(clock.frozenTime, to, intervals);
  changes.patch('testClock', id, {
    status: 'advancing',
    targetTime: to,
    statusDetails: { from: clock.frozenTime, progress_at: changes.now },
  });
  changes.emit('test_helpers.test_clock.advancing', 'testClock', id);
}

/** Everything due up to the target is done, except on held entities. */
export function finishAdvance(changes: ChangeSet, id: string, held: string[]): void {
  const { status, targetTime, frozenTime } = changes.rows.get('testClock', id);
  if (status !== 'advancing') return;
  rest(changes, id, targetTime ?? frozenTime, held);
}

/**
 * Stops an advance at its present instant. Work that is due at that instant and not done yet is done soon after, or first by the next
 * advance. An advance that has ended by then keeps its result.
 */
export function cancelAdvance(changes: ChangeSet, id: string): void {
  const { status, frozenTime, statusDetails } = changes.rows.get('testClock', id);
  if (status !== 'advancing') return;
  changes.outcome = 'canceled';
  rest(changes, id, frozenTime, statusDetails.held ?? []);
}

function rest(changes: ChangeSet, id: string, frozenTime: number, held: string[]): void {
  const statusDetails = held.length === 0 ? {} : { held };
  changes.patch('testClock', id, { status: 'ready', frozenTime, targetTime: null, statusDetails });
  changes.emit('test_helpers.test_clock.ready', 'testClock', id);
}

/** The frozen time stays; another advance continues. `reason` is for people: ids only. */
export function failAdvance(changes: ChangeSet, id: string, reason: string): void {
  const { status, statusDetails } = changes.rows.get('testClock', id);
  if (status !== 'advancing') return;
  const { held } = statusDetails;
  changes.patch('testClock', id, { status: 'internal_failure', statusDetails: held === undefined ? { reason } : { reason, held } });
  changes.outcome = reason;
  changes.emit('test_helpers.test_clock.internal_failure', 'testClock', id);
}

/** Deletes the clock with its customers and their subscriptions, even during an advance. What was billed stays in the books. */
export function deleteTestClock(changes: ChangeSet, id: string): void {
  const clock = changes.rows.get('testClock', id);
  for (const customer of changes.rows.all('customer')) changes.patch('customer', customer.id, { deleted: true });
  for (const subscription of changes.rows.all('subscription')) {
    changes.patch('subscription', subscription.id, { status: 'canceled', canceledAt: clock.frozenTime, endedAt: clock.frozenTime });
  }
  changes.patch('testClock', id, { deleted: true, status: 'ready', targetTime: null, statusDetails: {} });
  changes.emit('test_helpers.test_clock.deleted', 'testClock', id);
}
