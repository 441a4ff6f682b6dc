import fc from 'fast-check';
import type { World } from './world';

/** What people can do to the schedule of a subscription, in any state that it is in. */
type Command = (world: World, id: string) => void;

const prices = ['price_1000', 'price_3000', 'price_free', 'price_year'];
const prorations = fc.constantFrom('create_prorations', 'always_invoice', 'none');
const items = fc
  .uniqueArray(fc.record({ price: fc.constantFrom(...prices), quantity: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ price }) => price,
  })
  .map((list) => ({ items: list }));
const duration = fc.record({ interval: fc.constantFrom('day', 'week', 'month'), interval_count: fc.integer({ min: 1, max: 3 }) });
const terms = fc.record(
  {
    proration_behavior: prorations,
    billing_cycle_anchor: fc.constantFrom('automatic', 'phase_start'),
    trial: fc.boolean(),
    discounts: fc.constant([{ coupon: 'SPRING' }]),
    add_invoice_items: fc.constant([{ price: 'price_once' }]),
    default_tax_rates: fc.constantFrom(['txr_ex'], []),
  },
  { requiredKeys: [] },
);
const phases = fc.array(
  fc.tuple(items, duration, terms).map(([of, lasts, more]) => ({ ...of, duration: lasts, ...more })),
  { maxLength: 3 },
);
const endBehavior = fc.constantFrom('release', 'cancel', 'none', 'renew');

function update(rest: object[], running: object | null, change: Record<string, unknown>): Command {
  return (world, id) => {
    const { schedule } = world.subscription(id);
    const row = world.rows.find('subscriptionSchedule', schedule);
    const current = row?.phases.find(({ start_date: start }) => start === row.currentPhaseStart);
    if (!row || !current) return;
    const { start_date, end_date, trial_end } = current;
    const kept = current.items.map(({ price, quantity }) => ({ price, ...(quantity === null ? {} : { quantity }) }));
    const trial = trial_end !== null && trial_end > world.now ? { trial_end } : {};
    const first = { start_date, end_date, items: kept, ...trial, ...(running ?? {}) };
    world.ask('subscription', id, 'updateSchedule', { path: { schedule: row.id }, phases: [first, ...rest], ...change });
  };
}

const on =
  (step: string, parameters: Record<string, unknown>): Command =>
  (world, id) => {
    const { schedule } = world.subscription(id);
    if (schedule !== null) world.ask('subscription', id, step, { path: { schedule }, ...parameters });
  };

const adopt: Command = (world, id) => {
  world.ask('subscription', id, 'createScheduleFromSubscription', { from_subscription: id });
};

export const scheduleCommands: fc.Arbitrary<[string, Command]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<[string, Command]>(['put under a schedule', adopt]) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(phases, fc.option(fc.oneof(items, fc.constant({ end_date: 'now' }))), prorations, endBehavior)
      .map(([rest, running, proration_behavior, end_behavior]): [string, Command] => [
        `phases ${JSON.stringify([running, ...rest])} ${proration_behavior}, then ${end_behavior}`,
        (world, id) => {
          adopt(world, id);
          update(rest, running, { proration_behavior, end_behavior })(world, id);
        },
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .boolean()
      .map((keep): [string, Command] => [`release ${String(keep)}`, on('releaseSchedule', { preserve_cancel_date: keep })]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([prorate, invoice_now]): [string, Command] => [
        `cancel by schedule ${String(prorate)} ${String(invoice_now)}`,
        on('cancelSchedule', { prorate, invoice_now }),
      ]),
  },
);
