import fc from 'fast-check';
import { runs } from '../../support/runs';
import { creditNoteCommands } from './credit-note-commands';
import { disputeCommands } from './dispute-commands';
import { scheduleCommands } from './schedule-commands';
import { DAY, HOUR, World } from './world';

/** What people and time can do to a subscription; what is refused changes nothing, and the world checks itself after each. */
type Command = (world: World, id: string) => void;

const cards = [
  'visa',
  'chargeCustomerFail',
  'authenticationRequired',
  'authenticationRequiredOnSetup',
  'threeDSecureRequiredChargeDeclined',
];
const prices = ['price_1000', 'price_3000', 'price_free', 'price_year'];
const prorations = fc.constantFrom('create_prorations', 'always_invoice', 'none');
const payments = fc.constantFrom('allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete');
const behaviors = fc.record({ proration_behavior: prorations, payment_behavior: payments });
const spans = fc.oneof(fc.integer({ min: 1, max: 3 * HOUR }), fc.integer({ min: 1, max: 3 * DAY }), fc.integer({ min: 1, max: 40 * DAY }));
/** Most cards work: a story whose first payment fails has no second chapter. */
const anyCard = fc.oneof({ weight: 3, arbitrary: fc.constant('visa') }, { weight: 4, arbitrary: fc.constantFrom(...cards) });

const ask =
  (step: string, parameters: (world: World, id: string) => Record<string, unknown>): Command =>
  (world, id) => {
    world.ask('subscription', id, step, { path: { subscription: id }, ...parameters(world, id) });
  };
const change = (parameters: (world: World, id: string) => Record<string, unknown>): Command => ask('updateSubscription', parameters);

const onLast =
  (step: string, parameters: Record<string, unknown>): Command =>
  (world) => {
    const { status, id } = world.last();
    if (status !== 'paid' || step === 'payInvoice') world.onInvoice(id, step, parameters);
  };
const authenticate =
  (result: string): Command =>
  (world) => {
    const waiting = world.rows.first('paymentIntent', ({ status }) => status === 'requires_action');
    if (waiting) world.ask('payment', waiting.id, 'finishAuthentication', { result });
  };
const confirm: Command = (world) => {
  const intent = world.last().paymentIntent;
  const [card] = world.rows.all('paymentMethod');
  if (intent && card) world.ask('payment', intent, 'confirmPayment', { target: card.id });
};

const commands: fc.Arbitrary<[string, Command]> = fc.oneof(
  { weight: 24, arbitrary: spans.map((seconds): [string, Command] => [`wait ${String(seconds)}`, (world) => world.by(seconds)]) },
  { weight: 16, arbitrary: anyCard.map((card): [string, Command] => [`card ${card}`, (world) => void world.card(card)]) },
  {
    weight: 16,
    arbitrary: fc
      .tuple(fc.constantFrom(...prices), fc.integer({ min: 1, max: 3 }), behaviors)
      .map(([price, quantity, how]): [string, Command] => [
        `change to ${String(quantity)} of ${price} ${JSON.stringify(how)}`,
        change((world, id) => ({ items: [{ id: world.items(id)[0]?.id, price, quantity }], ...how })),
      ]),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...prices), behaviors)
      .map(([price, how]): [string, Command] => [`add ${price} ${JSON.stringify(how)}`, change(() => ({ items: [{ price }], ...how }))]),
  },
  {
    weight: 8,
    arbitrary: behaviors.map((how): [string, Command] => [
      `remove ${JSON.stringify(how)}`,
      change((world, id) => ({ items: [{ id: world.items(id).at(-1)?.id, deleted: true }], ...how })),
    ]),
  },
  {
    weight: 4,
    arbitrary: behaviors.map((how): [string, Command] => [
      `anchor ${JSON.stringify(how)}`,
      change(() => ({ billing_cycle_anchor: 'now', ...how })),
    ]),
  },
  {
    weight: 4,
    arbitrary: behaviors.map((how): [string, Command] => [
      `end trial ${JSON.stringify(how)}`,
      change(() => ({ trial_end: 'now', ...how })),
    ]),
  },
  {
    weight: 4,
    arbitrary: spans.map((seconds): [string, Command] => [
      `trial for ${String(seconds)}`,
      change((world) => ({ trial_end: world.now + seconds })),
    ]),
  },
  {
    weight: 4,
    arbitrary: fc
      .boolean()
      .map((end): [string, Command] => [`at period end ${String(end)}`, change(() => ({ cancel_at_period_end: end }))]),
  },
  {
    weight: 1,
    arbitrary: spans.map((seconds): [string, Command] => [
      `cancel in ${String(seconds)}`,
      change((world) => ({ cancel_at: world.now + seconds })),
    ]),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('void', 'keep_as_draft', 'mark_uncollectible'), spans)
      .map(([behavior, seconds]): [string, Command] => [
        `pause collection ${behavior} for ${String(seconds)}`,
        change((world) => ({ pause_collection: { behavior, resumes_at: world.now + seconds } })),
      ]),
  },
  { weight: 4, arbitrary: fc.constant<[string, Command]>(['collect again', change(() => ({ pause_collection: null }))]) },
  { weight: 8, arbitrary: fc.constant<[string, Command]>(['pause', ask('pauseSubscription', () => ({}))]) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('now', 'unchanged'), prorations)
      .map(([anchor, proration]): [string, Command] => [
        `resume ${anchor} ${proration}`,
        ask('resumeSubscription', () => ({ billing_cycle_anchor: anchor, proration_behavior: proration })),
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([prorate, invoice_now]): [string, Command] => [
        `cancel ${String(prorate)} ${String(invoice_now)}`,
        ask('cancelSubscription', () => ({ prorate, invoice_now })),
      ]),
  },
  {
    weight: 16,
    arbitrary: fc
      .boolean()
      .map((elsewhere): [string, Command] => [
        `pay ${String(elsewhere)}`,
        onLast('payInvoice', elsewhere ? { paid_out_of_band: true } : {}),
      ]),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('voidInvoice', 'markInvoiceUncollectible', 'finalizeInvoice')
      .map((step): [string, Command] => [step, onLast(step, {})]),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom('succeeded', 'failed').map((result): [string, Command] => [`authenticate ${result}`, authenticate(result)]),
  },
  { weight: 4, arbitrary: fc.constant<[string, Command]>(['confirm', confirm]) },
  { weight: 12, arbitrary: scheduleCommands },
  { weight: 16, arbitrary: creditNoteCommands },
  {
    weight: 4,
    arbitrary: fc
      .integer({ min: -5000, max: 5000 })
      .map((amount): [string, Command] => [`balance ${String(amount)}`, (world) => world.balance(amount)]),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((lost): [string, Command] => [`answers lost ${String(lost)}`, (world) => void (world.losesAnswers = lost)]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('none', 'cancel', 'pause_collection').map((subscription): [string, Command] => [
      `disputes ${subscription}`,
      (world) => {
        const { disputes } = world.rows.get('account', 'acct_1').settings.test;
        world.settings({ disputes: { ...disputes, subscription: subscription as 'none' } });
      },
    ]),
  },
  { weight: 8, arbitrary: disputeCommands },
);

const starts = fc.record(
  {
    billing_mode: fc.constantFrom({ type: 'flexible' }, { type: 'classic' }),
    trial_period_days: fc.constantFrom(1, 14),
    trial_settings: fc
      .constantFrom('cancel', 'pause', 'create_invoice')
      .map((missing) => ({ end_behavior: { missing_payment_method: missing } })),
    payment_behavior: payments,
    add_invoice_items: fc.constant([{ price: 'price_once' }]),
    default_tax_rates: fc.constantFrom(['txr_ex'], ['txr_in'], ['txr_ex', 'txr_in']),
    discounts: fc.constant([{ coupon: 'SPRING' }]),
  },
  { requiredKeys: [] },
);
const sent = { collection_method: 'send_invoice', days_until_due: 7 };

const beginnings = fc.record({
  parameters: starts,
  isSent: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  card: fc.oneof(
    { weight: 6, arbitrary: fc.constant<string | null>('visa') },
    { weight: 2, arbitrary: fc.constantFrom(...cards) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  endsIn: fc.constantFrom<'cancel' | 'unpaid' | 'past_due'>('cancel', 'unpaid', 'past_due'),
  from: fc.integer({ min: 1_767_225_600, max: 1_900_000_000 }),
});
type Beginning = typeof beginnings extends fc.Arbitrary<infer Value> ? Value : never;

/** In a counterexample a command is shown by its name. */
const readable = (command: [string, Command]): [string, Command] => Object.assign(command, { [fc.toStringMethod]: () => command[0] });

function begin({ parameters, isSent, card, endsIn, from }: Beginning): { world: World; id: string } | null {
  const world = new World(from);
  const { dunning } = world.rows.get('account', 'acct_1').settings.test;
  world.settings({ dunning: { ...dunning, ends_in: endsIn } });
  world.taxes();
  world.coupon({ percentOff: '12.5', duration: 'repeating', durationInMonths: 3 });
  if (card !== null) world.card(card);
  const refusal = world.ask('subscription', 'sub_1', 'createSubscription', {
    customer: 'cus_1',
    items: [{ price: 'price_1000' }, { price: 'price_3000' }],
    ...parameters,
    ...(isSent ? sent : {}),
  });
  return refusal ? null : { world, id: 'sub_1' };
}

test('whatever callers do in whatever order, invoices are the sums of their lines, the books balance, nothing is charged twice, and time continues', () => {
  const run = fc.property(
    beginnings,
    fc.array(commands.map(readable), { minLength: 10, maxLength: 30, size: 'max' }),
    (beginning, story) => {
      const begun = begin(beginning);
      if (!begun) return;
      const { world, id } = begun;
      const told: string[] = [];
      try {
        for (const [name, command] of story) {
          told.push(name);
          command(world, id);
          world.settle();
        }
        told.push('in the end');
        world.by(45 * DAY);
      } catch (error) {
        throw new Error(`after ${told.join(', ')}: ${String(error)}`, { cause: error });
      }
    },
  );
  fc.assert(run, { numRuns: runs(60) });
}, 120_000);
