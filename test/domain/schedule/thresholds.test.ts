import { HOUR } from '../subscription/world';
import { Scheduled } from './scheduled';

const duration = { interval: 'month', interval_count: 1 };

/** 1000 a month and calls at 2 each from 1 April on, in phases of a month. */
function calls(...phases: { threshold?: object | null; usage_gte?: number }[]): Scheduled {
  const world = new Scheduled('2026-04-01');
  world.metered('price_calls', { unitAmount: 2, unitAmountDecimal: '2' });
  world.begin({
    phases: phases.map(({ threshold, usage_gte }) => ({
      items: [{ price: 'price_1000' }, { price: 'price_calls', ...(usage_gte ? { billing_thresholds: { usage_gte } } : {}) }],
      duration,
      ...(threshold === undefined ? {} : { billing_thresholds: threshold }),
    })),
  });
  return world;
}

const inMidPeriod = (world: Scheduled) => world.bills().filter(([reason]) => reason === 'subscription_threshold');

/** 60 calls of 2 on the 11th of a month. */
function use60(world: Scheduled, month: string): void {
  world.advance(`2026-${month}-11`);
  world.use(60);
  world.by(HOUR);
}

describe('the thresholds of a phase', () => {
  test('start and end with it: usage is billed in the middle of a period only while it runs', () => {
    const world = calls({}, { threshold: { amount_gte: 100 } }, {});
    for (const month of ['04', '05', '06']) use60(world, month);
    expect(inMidPeriod(world)).toEqual([['subscription_threshold', 120]]);
    world.advance('2026-07-01T02:00:00Z');
    // April and June are billed in arrears with the base of the month that follows; May's usage was billed on the 11th.
    expect(world.bills().map(([, total]) => total)).toEqual([1000, 1120, 120, 1000, 1120]);
  });

  test('of an item count its quantity, and are removed if the next phase has none', () => {
    const world = calls({ usage_gte: 50 }, {});
    use60(world, '04');
    use60(world, '05');
    expect(inMidPeriod(world)).toEqual([['subscription_threshold', 120]]);
    expect(world.rows.all('subscriptionItem').map(({ billingThresholds }) => billingThresholds)).toEqual([null, null]);
  });

  test('default to those of the default settings, and are none if the phase says so', () => {
    const world = calls({}, { threshold: null }, {});
    world.on('updateSchedule', { default_settings: { billing_thresholds: { amount_gte: 100 } } });
    const thresholds = ['2026-04-02', '2026-05-02', '2026-06-02'].map((day) => {
      world.advance(day);
      return world.rows.all('subscription').map(({ billingThresholds }) => billingThresholds?.amount_gte ?? null);
    });
    expect(thresholds).toEqual([[100], [null], [100]]);
  });

  test('of a subscription stay when it gets a schedule', () => {
    const world = new Scheduled('2026-04-01');
    world.metered('price_calls', { unitAmount: 2, unitAmountDecimal: '2' });
    const item = { price: 'price_calls', billing_thresholds: { usage_gte: 50 } };
    const id = world.create({ items: [item], billing_thresholds: { amount_gte: 500 } });
    world.adopt(id);
    expect(world.schedule().phases[0]).toMatchObject({ billing_thresholds: { amount_gte: 500 }, items: [item] });
    world.update(id, { billing_thresholds: { amount_gte: 200 } });
    expect(world.schedule().phases[0]).toMatchObject({ billing_thresholds: { amount_gte: 200 } });
    const [running] = world.schedule().phases;
    const { start_date, end_date } = running as { start_date: number; end_date: number };
    world.on('updateSchedule', {
      phases: [
        { start_date, end_date, items: [item] },
        { items: [{ price: 'price_calls' }], duration },
      ],
    });
    expect([world.subscription(id).billingThresholds?.amount_gte, world.item(id).billingThresholds]).toEqual([500, { usage_gte: 50 }]);
    world.advance('2026-05-01T02:00:00Z');
    expect([world.subscription(id).billingThresholds?.amount_gte, world.item(id).billingThresholds]).toEqual([500, null]);
  });

  test('are refused for a price that is not metered, with their path', () => {
    const world = new Scheduled('2026-04-01');
    const items = [{ price: 'price_1000', billing_thresholds: { usage_gte: 5 } }];
    expect(world.plan({ start_date: 1_800_000_000, phases: [{ items, duration }] })).toMatchObject({
      code: 'parameter_invalid',
      details: { param: 'phases[0][items][0][billing_thresholds]' },
    });
  });
});
