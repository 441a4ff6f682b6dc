import type { TestClock } from '../../../domain/rows/test-clock';
import { assertCanAdvance, lanesOf, type ClockMember } from '../../../domain/test-clock/rules';

const clock = (change: Partial<TestClock>): TestClock => ({
  ...{ id: 'clock_1', account: 'acct_1', livemode: false, created: 0, name: null, frozenTime: 1_000, targetTime: null },
  ...{ status: 'ready', statusDetails: {}, deletesAfter: 0, deleted: false, ...change },
});
const member = (id: string, customer: string | null): ClockMember => ({ id, kind: id.split('/')[0] as ClockMember['kind'], customer });

test('time only moves forward, by any distance', () => {
  expect(() => assertCanAdvance(clock({}), 1_000)).toThrow('must be after');
  expect(() => assertCanAdvance(clock({}), 999)).toThrow('must be after');
  expect(() => assertCanAdvance(clock({}), 1_000 + 20 * 365 * 86_400)).not.toThrow();
});

test('a second advance is refused while one is running', () => {
  expect(() => assertCanAdvance(clock({ status: 'advancing', targetTime: 2_000 }), 3_000)).toThrow('still advancing');
});

test('after a failed advance another one continues from the frozen time', () => {
  expect(() => assertCanAdvance(clock({ status: 'internal_failure' }), 1_000)).not.toThrow();
  expect(() => assertCanAdvance(clock({ status: 'internal_failure' }), 999)).toThrow('must be after');
});

test('the workflows of one customer run one after another, payments first and subscriptions last; customers do not wait for each other', () => {
  const due = [
    member('subscription/sub_b', 'cus_1'),
    member('subscription/sub_a', 'cus_1'),
    member('dunning/in_1', 'cus_1'),
    member('dispute/du_1', null),
    member('payment/pi_1', 'cus_2'),
  ];
  expect(lanesOf(due).map((lane) => lane.map(({ id }) => id))).toEqual([
    ['dunning/in_1', 'subscription/sub_a', 'subscription/sub_b'],
    ['dispute/du_1'],
    ['payment/pi_1'],
  ]);
});
