/** Dunnings over outages: nothing runs for any length of time, and everything due meanwhile is overdue then. */
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { at } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

const FAILED_AT = at('2026-05-01T01:00:00Z');
const DEFAULT_PROGRAM = [1, 2, 3, 5, 7, 9, 11, 14].map((days) => days * DAY);

/** A month is paid; the renewal of 1 May is declined one hour after its draft, and its recovery begins. */
function declined(program: number[] = DEFAULT_PROGRAM): { world: World; id: string; invoice: string } {
  const world = new World('2026-04-01');
  world.settings({ dunning: { version: 'test', retry_after_seconds: program, ends_in: 'cancel' } });
  world.card('visa');
  const id = world.create();
  world.card('chargeCustomerFail');
  world.advance(FAILED_AT);
  return { world, id, invoice: world.last().id };
}

/** No worker runs until then. */
function outageUntil(world: World, seconds: number): void {
  world.now = seconds;
  world.settle();
}

const attemptsAt = ({ events }: World, invoice: string): number[] =>
  events.filter(({ type, id }) => type === 'invoice.payment_failed' && id === invoice).map((event) => event.at);
const gapsOf = (times: number[]): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));
const nextOf = (world: World, invoice: string): number | null => world.rows.get('dunning', invoice).nextRetryAt;

test('after an outage over four retries there is one try, and the others keep their intervals', () => {
  const { world, id, invoice } = declined();
  outageUntil(world, FAILED_AT + 6 * DAY);
  expect(attemptsAt(world, invoice)).toEqual([FAILED_AT, FAILED_AT + 6 * DAY]);
  expect(world.rows.get('invoice', invoice)).toMatchObject({ attemptCount: 2, nextPaymentAttempt: FAILED_AT + 7 * DAY });
  expect(world.subscription(id).status).toBe('past_due');
  world.by(60 * DAY);
  expect(gapsOf(attemptsAt(world, invoice)).map((gap) => gap / DAY)).toEqual([6, 1, 1, 2, 2, 2, 2, 3]);
  expect(world.subscription(id).status).toBe('canceled');
});

test('an outage that ends before the next retry does not change the schedule', () => {
  const { world, invoice } = declined();
  outageUntil(world, FAILED_AT + DAY - HOUR);
  world.by(60 * DAY);
  expect(attemptsAt(world, invoice).map((time) => (time - FAILED_AT) / DAY)).toEqual([0, 1, 2, 3, 5, 7, 9, 11, 14]);
});

test('a new card that was added in an outage is the one try after it, and uses up no retry', () => {
  const { world, invoice } = declined();
  world.now = FAILED_AT + 4 * DAY;
  world.card('chargeCustomerFail', 'pm_second');
  expect(attemptsAt(world, invoice)).toEqual([FAILED_AT, FAILED_AT + 4 * DAY]);
  expect(nextOf(world, invoice)).toBe(FAILED_AT + 5 * DAY);
  world.by(60 * DAY);
  expect(attemptsAt(world, invoice)).toHaveLength(1 + 1 + DEFAULT_PROGRAM.length);
});

test('an attempt that the processor answers after an outage is the one try after it', () => {
  const { world, id, invoice } = declined();
  const opened = FAILED_AT + DAY;
  world.holdsAnswers = true;
  world.advance(opened + 9 * DAY);
  world.holdsAnswers = false;
  world.settle();
  expect(attemptsAt(world, invoice)).toEqual([FAILED_AT, opened + 9 * DAY]);
  expect(nextOf(world, invoice)).toBe(opened + 10 * DAY);
  expect(world.subscription(id).status).toBe('past_due');
});

test('retries that are skipped without a charge keep their intervals too', () => {
  const { world, invoice } = declined();
  world.card('authenticationRequired', 'pm_hard');
  outageUntil(world, FAILED_AT + 20 * DAY);
  expect(world.rows.get('dunning', invoice)).toMatchObject({ retries: 1, status: 'running', nextRetryAt: FAILED_AT + 21 * DAY });
});

const programs = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 * DAY }), { minLength: 1, maxLength: 10 })
  .map((seconds) => seconds.sort((a, b) => a - b));
const delays = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * DAY })), { minLength: 10, maxLength: 10 });

test('whichever attempts are late, there are as many retries as in the policy, none closer to each other and none earlier', () => {
  fc.assert(
    fc.property(programs, delays, (program, late) => {
      const { world, invoice } = declined(program);
      for (const delay of late.slice(0, program.length)) outageUntil(world, (nextOf(world, invoice) ?? 0) + delay);
      const times = attemptsAt(world, invoice);
      expect(times).toHaveLength(program.length + 1);
      const planned = gapsOf([0, ...program]);
      gapsOf(times).forEach((gap, index) => {
        expect(gap).toBeGreaterThanOrEqual(planned[index] ?? Infinity);
      });
      times.slice(1).forEach((time, index) => {
        expect(time).toBeGreaterThanOrEqual(FAILED_AT + (program[index] ?? Infinity));
      });
      expect(world.rows.get('dunning', invoice)).toMatchObject({ status: 'exhausted', retries: program.length });
    }),
    { numRuns: runs(60) },
  );
});
