/** Everything that callers, payers and banks may do with a payment intent, in every order: it is charged at most once, and never left in between. */
import { newPaymentIntent } from '../../../domain/payment/intents';
import { ALL_RUNS } from '../../support/runs';
import { DAY, World } from '../subscription/world';

const AMOUNT = 2000;
/** How many actions follow one another. `npm test` tries every order that begins with a card. */
const LENGTH = ALL_RUNS ? 4 : 3;

interface Paying {
  world: World;
  intent: string;
}

/** `several`: an authorization may be captured in parts. */
type Method = 'automatic' | 'manual' | 'several';

function begin(method: Method): Paying {
  const world = new World('2026-04-01');
  for (const token of ['chargeCustomerFail', 'authenticationRequired', 'visa']) world.card(token);
  let intent = '';
  world.byApi((changes) => {
    const of = { customer: 'cus_1', amount: AMOUNT, currency: 'usd', invoice: null, paymentMethod: null, setupFutureUsage: null };
    intent = newPaymentIntent(changes, { ...of, paymentMethodTypes: ['card'], description: null, ...captureOf(method) }).id;
  });
  return { world, intent };
}

const captureOf = (method: Method) =>
  method === 'several'
    ? { captureMethod: 'manual' as const, paymentMethodOptions: { card: { request_multicapture: 'if_available' as const } } }
    : { captureMethod: method };

const ask =
  (step: string, parameters: Record<string, unknown> = {}) =>
  ({ world, intent }: Paying): void =>
    void world.ask('payment', intent, step, parameters);

const ACTIONS: Record<string, (of: Paying) => void> = {
  'a card that pays': ask('confirmPayment', { target: 'pm_visa' }),
  'a card that is declined': ask('confirmPayment', { target: 'pm_chargeCustomerFail' }),
  'a card whose bank asks': ask('confirmPayment', { target: 'pm_authenticationRequired' }),
  'a card that pays, and the answer is lost': (of) => {
    of.world.losesAnswers = true;
    ask('confirmPayment', { target: 'pm_visa' })(of);
    of.world.losesAnswers = false;
  },
  'the holder approves': ask('finishAuthentication', { result: 'succeeded' }),
  'the holder refuses': ask('finishAuthentication', { result: 'failed' }),
  'a capture': ask('capturePayment'),
  'a capture of a part': ask('capturePayment', { amount_to_capture: 700 }),
  'a capture of a part that is not the last': ask('capturePayment', { amount_to_capture: 700, final_capture: false }),
  'a cancellation': ask('cancelPayment'),
  'a refund': ({ world, intent }) => {
    const charge = world.rows.first(
      'charge',
      (each) => each.paymentIntent === intent && each.status === 'succeeded' && each.amountCaptured > 0,
    );
    if (charge) void world.refund(charge.id, 500);
  },
  'eight days': ({ world }) => {
    world.by(8 * DAY);
  },
};

const NAMES = Object.keys(ACTIONS);
const FIRST = ALL_RUNS ? NAMES : NAMES.filter((name) => name.startsWith('a card'));
const ordersOf = (length: number): string[][] =>
  length === 0 ? [[]] : ordersOf(length - 1).flatMap((before) => NAMES.map((name) => [...before, name]));

/** Where an intent may rest: it has come to its end, or waits for its caller or payer. */
const RESTS: Record<string, string[]> = {
  canceled: [],
  requires_action: ['requires_action'],
  requires_payment_method: [],
  succeeded: [],
};
const OPEN = ['open', 'unknown', 'waiting', 'processing', 'requires_action'];

function check({ world, intent: id }: Paying): void {
  const intent = world.rows.get('paymentIntent', id);
  const succeeded = world.rows.where('charge', (each) => each.paymentIntent === id && each.status === 'succeeded');
  const attempts = world.rows.where('paymentAttempt', (each) => each.intent === id);
  const captured = succeeded.filter((each) => each.captured);
  expect(succeeded.length).toBeLessThanOrEqual(1);
  expect(attempts.filter(({ status }) => status === 'succeeded')).toHaveLength(succeeded.length);
  expect(succeeded.reduce((sum, each) => sum + each.amountCaptured, 0)).toBe(intent.amountReceived);
  expect(intent.amountReceived + intent.amountCapturable).toBeLessThanOrEqual(AMOUNT);
  expect(intent.status === 'succeeded').toBe(captured.length === 1);
  if (intent.status !== 'requires_capture') expect(intent.amountCapturable).toBe(0);
  for (const { amount, amountRefunded } of succeeded) expect(amountRefunded).toBeLessThanOrEqual(amount);
  if (intent.status === 'canceled') expect(succeeded.every((each) => each.refunded && !each.captured)).toBe(true);
}

test.each((['automatic', 'manual', 'several'] as const).flatMap((method) => FIRST.map((first): [Method, string] => [method, first])))(
  'captured by %s, after %s: in every order it is paid at most once, as much is received as was captured, and it comes to rest',
  (method, first) => {
    for (const order of ordersOf(LENGTH - 1)) {
      const of = begin(method);
      for (const name of [first, ...order]) {
        ACTIONS[name]?.(of);
        check(of);
      }
      of.world.by(8 * DAY);
      check(of);
      const { status } = of.world.rows.get('paymentIntent', of.intent);
      const left = of.world.rows.where('paymentAttempt', (each) => each.intent === of.intent && OPEN.includes(each.status));
      expect([order, status, left.map((each) => each.status)]).toEqual([order, status, RESTS[status] ?? 'never']);
    }
  },
);
