/** Everything that may happen to a recovery, over small programs: it always ends, and nobody is charged twice. */
import { renewStoredCard } from '../../../domain/customer/payment-methods';
import { answerTask } from '../../../domain/recovery/tasks';
import type { RecoveryStep } from '../../../domain/rows/recovery-program';
import * as sample from '../../objects/rows';
import { ALL_RUNS } from '../../support/runs';
import { at } from '../builders';
import { DAY, World } from '../subscription/world';

const FAILED_AT = at('2026-05-01T01:00:00Z');
const wait: RecoveryStep = { type: 'wait', seconds: DAY };
const retry: RecoveryStep = { type: 'retry', declines: null, hours: null, paydays: null };
const task = (of: 'continue' | 'end' | 'stop'): RecoveryStep => ({
  type: 'task',
  title: 'Call',
  owner: null,
  answer_within: DAY,
  default: of,
});
const STEPS: readonly RecoveryStep[] = [
  retry,
  task('continue'),
  task('end'),
  task('stop'),
  { type: 'end_access' },
  { type: 'mail', mail: 'payment_failed' },
];
const PAIRS = STEPS.flatMap((first) => STEPS.map((second) => [first, second] as const));
/** Of programs with two steps `npm test` has those with a retry. */
const PROGRAMS = [
  [],
  ...STEPS.map((step) => [step]),
  ...PAIRS.filter((pair) => ALL_RUNS || pair.includes(retry)).map(([first, second]) => [first, wait, second]),
];

/** A month is paid; the renewal of 1 May is declined, and its recovery follows the program. */
function recovering(steps: readonly RecoveryStep[]): { world: World; id: string; invoice: string } {
  const world = new World('2026-04-01');
  const arms = [{ name: 'all', share: 100, steps: [wait, ...steps], ends_in: 'unpaid' as const }];
  world.rows.put('recoveryProgram', sample.recoveryProgram({ segment: sample.anySegment, arms }));
  world.card('visa');
  const id = world.create();
  world.card('chargeCustomerFail');
  world.advance(FAILED_AT);
  return { world, id, invoice: world.last().id };
}
type Recovering = ReturnType<typeof recovering>;

/** The bank has renewed the card: it works from now on. */
function renew({ world }: Recovering): void {
  const method = world.rows.get('paymentMethod', 'pm_chargeCustomerFail');
  world.rows.put('paymentMethod', { ...method, gatewayReference: 'visa' });
  world.byApi((changes) => {
    renewStoredCard(changes, method.id, { ...sample.card, last4: '4343', fingerprint: 'renewed' });
  });
}

function answerOpenTask({ world }: Recovering): void {
  const open = world.rows.first('task', ({ status }) => status === 'open');
  if (!open) return;
  world.byApi((changes) => {
    answerTask(changes, open.id, { answer: 'continue' });
  });
}

const INTERRUPTIONS: Record<string, (of: Recovering) => void> = {
  nothing: () => undefined,
  cancellation: ({ world, id }) => void world.ask('subscription', id, 'cancelSubscription', { path: { subscription: id } }),
  'another card': ({ world }) => void world.card('mastercard'),
  'a card that is declined, too': ({ world }) => void world.card('mastercard_chargeCustomerFail'),
  'a renewed card': renew,
  'a payment out of band': ({ world, invoice }) => void world.onInvoice(invoice, 'payInvoice', { paid_out_of_band: true }),
  'a void invoice': ({ world, invoice }) => void world.onInvoice(invoice, 'voidInvoice'),
  'an uncollectible invoice': ({ world, invoice }) => void world.onInvoice(invoice, 'markInvoiceUncollectible'),
  'an answer': answerOpenTask,
};

test.each(Object.keys(INTERRUPTIONS).flatMap((name) => [false, true].map((inFlight): [string, boolean] => [name, inFlight])))(
  '%s (while the bank has not answered: %s): every recovery ends, is paid at most once, and leaves no task',
  (name, inFlight) => {
    for (const steps of PROGRAMS) {
      const of = recovering(steps);
      const { world, invoice } = of;
      world.holdsAnswers = inFlight;
      world.advance(FAILED_AT + DAY);
      INTERRUPTIONS[name]?.(of);
      world.holdsAnswers = false;
      world.settle();
      world.by(20 * DAY);
      expect(world.rows.get('dunning', invoice).status).not.toBe('running');
      expect(world.rows.where('task', ({ status }) => status === 'open')).toEqual([]);
      const paid = world.rows.where('charge', (charge) => charge.invoice === invoice && charge.status === 'succeeded');
      expect(paid.length).toBeLessThanOrEqual(1);
      const { amountDue, amountPaid, status } = world.rows.get('invoice', invoice);
      expect(amountPaid).toBe(status === 'paid' ? amountDue : 0);
    }
  },
);

/** More that may happen before or after another interruption. */
const AMONG_TWO: Record<string, (of: Recovering) => void> = {
  ...INTERRUPTIONS,
  'a chargeback': ({ world, invoice }) => {
    const paid = world.rows.first('charge', (charge) => charge.invoice === invoice && charge.status === 'succeeded' && !charge.disputed);
    if (paid) world.dispute(paid.id);
  },
  'a refund': ({ world, invoice }) => {
    const paid = world.rows.first('charge', (charge) => charge.invoice === invoice && charge.status === 'succeeded');
    if (paid) void world.refund(paid.id, 300);
  },
  'a card whose answer is lost': ({ world }) => {
    world.losesAnswers = true;
    world.card('mastercard');
    world.losesAnswers = false;
  },
};
/** `npm test` has one program, in which retries and a task follow one another. */
const LONGER: readonly RecoveryStep[][] = [
  [retry, wait, task('continue'), wait, retry],
  ...(ALL_RUNS
    ? [[], [task('end'), wait, retry], [retry, wait, task('stop')], [{ type: 'end_access' as const }, wait, retry, wait, retry]]
    : []),
];

/** What was taken for the invoice and not given back is what it says, and a chargeback takes it from nobody twice. */
function expectPaidOnce({ world, invoice }: Recovering): void {
  const paid = world.rows.where('charge', (charge) => charge.invoice === invoice && charge.status === 'succeeded');
  expect(paid.length).toBeLessThanOrEqual(1);
  const { amountDue, amountPaid, status } = world.rows.get('invoice', invoice);
  expect(amountPaid).toBe(status === 'paid' ? amountDue : 0);
  if (status !== 'paid') expect(paid.every(({ amount, amountRefunded }) => amount === amountRefunded)).toBe(true);
  for (const { amount, amountRefunded } of paid) expect(amountRefunded).toBeLessThanOrEqual(amount);
}

interface Pair {
  name: string;
  other: string;
  inFlight: boolean;
  /** Seconds. */
  between: number;
}

function interruptTwice(steps: readonly RecoveryStep[], { name, other, inFlight, between }: Pair): Recovering {
  const of = recovering(steps);
  const { world } = of;
  world.holdsAnswers = inFlight;
  world.advance(FAILED_AT + DAY);
  AMONG_TWO[name]?.(of);
  if (between > 0) {
    world.holdsAnswers = false;
    world.settle();
    world.by(between);
  }
  AMONG_TWO[other]?.(of);
  world.holdsAnswers = false;
  world.settle();
  world.by(20 * DAY);
  return of;
}

const pairsWith = (name: string): Pair[] =>
  Object.keys(AMONG_TWO).flatMap((other) =>
    [false, true].flatMap((inFlight) => (ALL_RUNS ? [0, DAY] : [0]).map((between) => ({ name, other, inFlight, between }))),
  );

test.each(Object.keys(AMONG_TWO))(
  '%s, and any other thing after it, while the bank has answered and while it has not: the same',
  (name) => {
    for (const pair of pairsWith(name))
      for (const steps of LONGER) {
        const of = interruptTwice(steps, pair);
        expect([pair, of.world.rows.get('dunning', of.invoice).status]).not.toEqual([pair, 'running']);
        expect(of.world.rows.where('task', ({ status }) => status === 'open')).toEqual([]);
        expectPaidOnce(of);
      }
  },
);

test('a renewed card is charged at once, and counts as a new card', () => {
  const of = recovering([retry]);
  renew(of);
  const { world, invoice } = of;
  expect(world.rows.get('invoice', invoice).status).toBe('paid');
  expect(world.rows.get('dunning', invoice)).toMatchObject({ status: 'recovered', recoveredBy: 'new_card', recoveredStep: null });
  expect(world.now).toBe(FAILED_AT);
});

test('a retry that is paid counts as the work of its place in the program', () => {
  const { world, invoice } = recovering([retry, wait, retry]);
  world.by(DAY);
  const method = world.rows.get('paymentMethod', 'pm_chargeCustomerFail');
  world.rows.put('paymentMethod', { ...method, gatewayReference: 'visa' });
  world.by(DAY);
  expect(world.rows.get('dunning', invoice)).toMatchObject({ status: 'recovered', recoveredBy: 'retry', recoveredStep: 3 });
});
