import { at } from '../builders';
import { HOUR } from '../subscription/world';
import { Scheduled } from './scheduled';

const month = { interval: 'month', interval_count: 1 };
const cheap = { items: [{ price: 'price_1000' }], duration: month };
const dear = { items: [{ price: 'price_3000' }], duration: month };

describe('two phases', () => {
  test('start with a draft, and are billed in full one after the other, without prorations between them', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, { items: [{ price: 'price_3000', quantity: 2 }], duration: month }] });
    expect([world.subscription(id).status, world.last().status, world.last().total]).toEqual(['active', 'draft', 1000]);
    world.advance('2026-05-01');
    expect(world.bills()).toEqual([
      ['subscription_create', 1000],
      ['subscription_cycle', 6000],
    ]);
    expect(world.lines(world.last().id).map(({ proration }) => proration)).toEqual([false]);
    expect(world.items(id).map(({ price, quantity }) => [price, quantity])).toEqual([['price_3000', 2]]);
  });

  test('release the subscription at their end, and it continues like the last phase', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, dear] });
    world.advance('2026-06-01');
    expect(world.schedule()).toMatchObject({
      status: 'released',
      releasedSubscription: id,
      subscription: null,
      releasedAt: at('2026-06-01'),
    });
    expect(world.subscription(id)).toMatchObject({ status: 'active', schedule: null });
    world.advance('2026-07-01');
    expect(world.bills().map(([, total]) => total)).toEqual([1000, 3000, 3000, 3000]);
    expect(world.told().filter((type) => type.startsWith('subscription_schedule.'))).toEqual([
      'subscription_schedule.created',
      'subscription_schedule.updated',
      'subscription_schedule.expiring',
      'subscription_schedule.released',
    ]);
  });

  test('from the 31st end where the periods end', () => {
    const world = new Scheduled('2026-01-31');
    world.begin({ phases: [cheap, dear, cheap] });
    expect(world.schedule().phases.map(({ end_date }) => end_date)).toEqual([at('2026-02-28'), at('2026-03-31'), at('2026-04-30')]);
    world.advance('2026-04-30');
    expect(world.bills().map(([, total]) => total)).toEqual([1000, 3000, 1000, 1000]);
  });

  test.each([
    ['that starts the cycle anew', { trial: false }, { billing_cycle_anchor: 'phase_start' }],
    ['that follows a trial', { trial: true }, {}],
  ])('a phase %s has the months of its new anchor, and ends with a period', (_name, first, second) => {
    const world = new Scheduled('2026-01-31');
    const { items } = cheap;
    const phases = [
      { items, duration: month, ...first },
      { ...dear, ...second, duration: { interval: 'month', interval_count: 2 } },
      cheap,
    ];
    world.begin({ end_behavior: 'cancel', phases });
    expect(world.schedule().phases.map(({ end_date }) => end_date)).toEqual(['2026-02-28', '2026-04-28', '2026-05-28'].map(at));
    world.advance('2026-05-29');
    expect(world.bills().map(([, total]) => total)).toEqual([first.trial ? 0 : 1000, 3000, 3000, 1000]);
  });

  test('after another interval count their months from its end', () => {
    const world = new Scheduled('2026-01-31');
    const recurring = { interval: 'week', interval_count: 1, usage_type: 'licensed', trial_period_days: null, meter: null } as const;
    world.priced('price_week', { unitAmount: 300, unitAmountDecimal: '300', recurring: { ...recurring, dimension_filters: {} } });
    const weekly = { items: [{ price: 'price_week' }], duration: { interval: 'week', interval_count: 4 } };
    world.begin({ phases: [weekly, cheap, cheap] });
    expect(world.schedule().phases.map(({ end_date }) => end_date)).toEqual(['2026-02-28', '2026-03-28', '2026-04-28'].map(at));
  });

  test('last as long as requested: until a date, for a duration, for intervals of the price, or by default for one', () => {
    const world = new Scheduled('2026-01-31');
    const { items } = cheap;
    world.begin({
      phases: [{ items, end_date: at('2026-02-10') }, { items, duration: { interval: 'week' } }, { items, iterations: 2 }, { items }],
    });
    expect(world.schedule().phases.map(({ end_date }) => end_date)).toEqual(
      ['2026-02-10', '2026-02-17', '2026-04-17', '2026-05-17'].map(at),
    );
  });
});

test('a first invoice that is declined after its draft’s hour makes the subscription past due and starts dunning', () => {
  const world = new Scheduled('2026-04-01');
  world.card('chargeCustomerFail');
  const id = world.begin({ phases: [cheap, dear] });
  expect(world.subscription(id).status).toBe('active');
  world.by(2 * HOUR);
  expect([world.subscription(id).status, world.last().status]).toEqual(['past_due', 'open']);
  world.card('visa');
  expect([world.subscription(id).status, world.last().status]).toEqual(['active', 'paid']);
});

describe('the end behavior', () => {
  test('cancel: the last period is cut short, and the schedule is completed', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ end_behavior: 'cancel', phases: [{ items: [{ price: 'price_3000' }], end_date: at('2026-05-16') }] });
    expect(world.subscription(id).cancelAt).toBe(at('2026-05-16'));
    world.advance('2026-06-01');
    // May has 31 days, 15 of them are left: 3000 × 15 ÷ 31 = 1451.6
    expect(world.bills().map(([, total]) => total)).toEqual([3000, 1452]);
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-05-16'), schedule: null });
    expect(world.schedule()).toMatchObject({ status: 'completed', completedAt: at('2026-05-16') });
  });

  test('none: the schedule is completed, and the subscription continues', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ end_behavior: 'none', phases: [cheap] });
    world.advance('2026-06-01');
    expect([world.schedule().status, world.subscription(id).status, world.subscription(id).schedule]).toEqual([
      'completed',
      'active',
      null,
    ]);
  });

  test('renew: a last phase of less than a day is refused, when it is planned and when it is changed', () => {
    const world = new Scheduled('2026-04-01');
    const second = { items: [{ price: 'price_1000' }], end_date: at('2026-04-01') + 1 };
    const refused = { code: 'parameter_invalid', details: { param: 'end_behavior' } };
    const renews = { customer: 'cus_1', end_behavior: 'renew' };
    expect(world.ask('subscription', 'sub_2', 'createSchedule', { ...renews, phases: [second] })).toMatchObject(refused);
    expect(world.plan({ ...renews, start_date: at('2026-04-01'), phases: [second] })).toMatchObject(refused);
    world.begin({ phases: [cheap, { ...second, end_date: at('2026-05-01') + 1 }] });
    expect(world.on('updateSchedule', { end_behavior: 'renew' })).toMatchObject(refused);
    expect(world.schedule().endBehavior).toBe('release');
  });

  test('renew: the last phase repeats again and again', () => {
    const world = new Scheduled('2026-01-31');
    world.begin({ end_behavior: 'renew', phases: [cheap, { ...dear, duration: { interval: 'month', interval_count: 2 } }] });
    world.advance('2026-07-05');
    const { status, phases, currentPhaseStart } = world.schedule();
    expect([status, currentPhaseStart, phases.at(-1)?.end_date]).toEqual(['active', at('2026-06-30'), at('2026-08-31')]);
    expect(world.told('subscription_schedule.expiring')).toEqual([]);
  });

  test('is announced a week before', () => {
    const world = new Scheduled('2026-04-01');
    world.begin({ phases: [cheap] });
    world.advance('2026-06-01');
    expect(world.events.filter(({ type }) => type === 'subscription_schedule.expiring').map((event) => event.at)).toEqual([
      at('2026-04-24'),
    ]);
  });
});

describe('a trial', () => {
  test('of a whole phase is followed by a paid one at its full price', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [{ ...cheap, trial: true, duration: { interval: 'week' } }, dear] });
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', trialEnd: at('2026-04-08') });
    world.advance('2026-05-08');
    expect(world.bills()).toEqual([
      ['subscription_create', 0],
      ['subscription_cycle', 3000],
      ['subscription_cycle', 3000],
    ]);
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-04-08') });
  });

  test('that ends within a phase', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [{ ...cheap, trial_end: at('2026-04-11'), duration: { interval: 'month', interval_count: 3 } }] });
    world.advance('2026-04-12');
    expect([world.subscription(id).status, world.last().total]).toEqual(['active', 1000]);
  });

  test('that follows a paid phase bills nothing until it ends', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, { items: [{ price: 'price_3000' }], end_date: at('2026-05-15'), trial: true }] });
    world.advance('2026-05-02');
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', trialEnd: at('2026-05-15') });
    world.advance('2026-05-16');
    expect(world.bills().map(([, total]) => total)).toEqual([1000, 3000]);
  });
});

describe('a phase that begins in the middle of a period', () => {
  const until11th = { ...cheap, duration: undefined, end_date: at('2026-04-11') };

  test.each(['create_prorations', 'always_invoice', 'none'])('costs as much as the same change (%s)', (proration_behavior) => {
    const [phased, changed] = [new Scheduled('2026-04-01'), new Scheduled('2026-04-01')];
    phased.begin({ phases: [until11th, { ...dear, proration_behavior }] });
    changed.card('visa');
    const id = changed.create();
    for (const world of [phased, changed]) world.advance('2026-04-11');
    changed.update(id, { items: [{ id: changed.item(id).id, deleted: true }, { price: 'price_3000' }], proration_behavior });
    for (const world of [phased, changed]) world.advance('2026-05-01T02:00:00Z');
    expect(phased.bills().slice(1)).toEqual(changed.bills().slice(1));
    expect(phased.amounts()).toEqual(changed.amounts());
  });

  test.each(['create_prorations', 'always_invoice', 'none'])('has a preview that is exact to the cent (%s)', (proration_behavior) => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [until11th, { ...dear, proration_behavior }] });
    world.advance('2026-04-05');
    const foretold = world.preview({ customer: 'cus_1', subscription: id });
    expect(world.preview({ customer: 'cus_1', schedule: world.schedule().id })).toEqual(foretold);
    world.advance('2026-05-01T02:00:00Z');
    const made = world.invoices()[1];
    expect(foretold.totals).toEqual({ subtotal: made?.subtotal, total: made?.total });
    expect(foretold.lines.map((line) => (line as { amount: number }).amount)).toEqual(
      world.lines(made?.id ?? '').map(({ amount }) => amount),
    );
  });

  test('and resets the anchor is billed in full at once, with a credit for unused time', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [until11th, { ...dear, billing_cycle_anchor: 'phase_start' }] });
    world.advance('2026-04-11');
    // 20 of 30 days of 1000 were not used: 667.
    expect(world.amounts(world.last().id)).toEqual([-667, 3000]);
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-04-11'));
    world.advance('2026-05-12');
    expect(world.last()).toMatchObject({ total: 3000, cycleAt: at('2026-05-11') });
  });
});

describe('before a planned end', () => {
  test('a phase that starts in the middle of the last period is charged up to that end', () => {
    const world = new Scheduled('2026-04-01');
    const first = { items: [{ price: 'price_1000' }], end_date: at('2026-05-05') };
    world.begin({ end_behavior: 'cancel', phases: [first, { items: [{ price: 'price_3000' }], end_date: at('2026-05-16') }] });
    world.advance('2026-05-17');
    // May, cut to 15 of 31 days: 484. 11 of those 15 were not used: -355. The new price for 11 of 31 days: 1065.
    expect(world.amounts()).toEqual([1000, 484, -355, 1065]);
  });

  test.each(['flexible', 'classic'])('so is a direct change (%s)', (type) => {
    const world = new Scheduled('2026-05-01');
    const id = world.create({ cancel_at: at('2026-05-16'), billing_mode: { type } });
    world.advance('2026-05-05');
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_3000' }], proration_behavior: 'always_invoice' });
    expect(world.amounts()).toEqual([484, -355, 1065]);
    world.update(id, { billing_cycle_anchor: 'now' });
    // A new cycle of 31 days, cut to 11 of them.
    expect(world.amounts(world.last().id)).toEqual([-1065, 1065]);
  });
});

describe('a phase with another interval', () => {
  test('restarts the cycle: a month is followed by a whole year', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, { ...cheap, duration: month }, { items: [{ price: 'price_year' }], iterations: 1 }] });
    world.advance('2026-06-01');
    expect(world.last()).toMatchObject({ total: 12_000, billingReason: 'subscription_cycle' });
    expect(world.item(id)).toMatchObject({ currentPeriodStart: at('2026-06-01'), currentPeriodEnd: at('2027-06-01') });
  });

  test('keeps the cycle if another item continues', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, { items: [{ price: 'price_1000' }, { price: 'price_year' }], duration: month }] });
    world.advance('2026-05-01');
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-04-01'));
    // The year runs from 1 April: 335 of 365 days are left, 12000 × 335 ÷ 365 = 11013.7
    expect(world.amounts(world.last().id)).toEqual([1000, 11_014]);
  });
});

describe('other settings of a phase', () => {
  test('its coupon applies while it lasts, and its fee is on its first invoice', () => {
    const world = new Scheduled('2026-04-01');
    world.coupon({ id: 'HALF', key: 'acct_1/test/HALF', percentOff: '50', amountOff: null, duration: 'forever' });
    const fee = { add_invoice_items: [{ price: 'price_once' }] };
    world.begin({ phases: [{ ...cheap, discounts: [{ coupon: 'HALF' }] }, { ...cheap, ...fee }, cheap] });
    world.advance('2026-06-01');
    expect(world.bills().map(([, total]) => total)).toEqual([500, 1500, 1000]);
  });

  test('a coupon that has expired by its start is left out, and the phase starts without it', () => {
    const world = new Scheduled('2026-04-01');
    world.coupon({
      id: 'HALF',
      key: 'acct_1/test/HALF',
      percentOff: '50',
      amountOff: null,
      duration: 'forever',
      redeemBy: at('2026-04-20'),
    });
    world.begin({ phases: [cheap, { ...dear, discounts: [{ coupon: 'HALF' }] }] });
    world.advance('2026-05-01');
    expect(world.last().total).toBe(3000);
  });

  test('its description, metadata, card, rates and collection become the subscription’s', () => {
    const world = new Scheduled('2026-04-01');
    world.taxes();
    const settings = { collection_method: 'send_invoice', invoice_settings: { days_until_due: 14 }, default_payment_method: 'pm_visa' };
    const id = world.begin({
      default_settings: { description: 'As agreed' },
      phases: [
        { ...cheap, metadata: { stage: 'one', kept: 'yes' } },
        { ...dear, ...settings, metadata: { stage: 'two' }, default_tax_rates: ['txr_ex'] },
      ],
    });
    world.advance('2026-05-01');
    expect(world.subscription(id)).toMatchObject({
      description: 'As agreed',
      metadata: { stage: 'two', kept: 'yes' },
      collectionMethod: 'send_invoice',
      daysUntilDue: 14,
      defaultPaymentMethod: 'pm_visa',
      defaultTaxRates: ['txr_ex'],
    });
    expect(world.last()).toMatchObject({ total: 3600, collectionMethod: 'send_invoice' });
  });

  test('the usage of a removed price is billed to the second of its end', () => {
    const world = new Scheduled('2026-04-01');
    world.metered('price_calls');
    world.begin({ phases: [{ items: [{ price: 'price_1000' }, { price: 'price_calls' }], duration: month }, dear] });
    world.advance('2026-04-30');
    world.use(30);
    world.advance(at('2026-05-01') + 2 * HOUR);
    expect(world.amounts(world.last().id).sort((a, b) => a - b)).toEqual([60, 3000]);
  });

  test('the usage of a last phase that cancels is billed after the end', () => {
    const world = new Scheduled('2026-04-01');
    world.metered('price_calls');
    const items = [{ price: 'price_1000' }, { price: 'price_calls' }];
    const id = world.begin({ end_behavior: 'cancel', phases: [{ items, duration: month }] });
    world.advance('2026-04-30');
    world.use(30);
    world.advance(at('2026-05-01') + 2 * HOUR);
    expect([world.subscription(id).status, world.schedule().status]).toEqual(['canceled', 'completed']);
    expect(world.last()).toMatchObject({ total: 60, status: 'paid' });
  });

  test('a phase that the subscription cannot take releases it, and stops nothing else', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.begin({ phases: [cheap, { items: [{ price: 'price_1000' }, { price: 'price_year' }], duration: month }] });
    world.update(id, { minimum_commitment: { amount: 5000 } });
    world.advance('2026-05-01');
    expect([world.schedule().status, world.subscription(id).status, world.items(id).length]).toEqual(['released', 'active', 1]);
  });
});
