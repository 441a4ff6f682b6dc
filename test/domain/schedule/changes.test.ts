import { at } from '../builders';
import { Scheduled } from './scheduled';

const month = { interval: 'month', interval_count: 1 };
const start = at('2026-04-01');
const cheap = { items: [{ price: 'price_1000' }], duration: month };
const dear = { items: [{ price: 'price_3000' }], duration: month };

/** 1000 in April, 3000 in May, and it is the 11th of April. */
function on11th(parameters: Record<string, unknown> = {}): { world: Scheduled; id: string } {
  const world = new Scheduled('2026-04-01');
  const id = world.begin({ phases: [cheap, dear], ...parameters });
  world.advance('2026-04-11');
  return { world, id };
}

describe('a change of the running phase', () => {
  const running = { start_date: start, end_date: at('2026-05-01') };

  test('changes the subscription now, prorated', () => {
    const { world, id } = on11th();
    expect(world.on('updateSchedule', { phases: [{ ...running, items: [{ price: 'price_3000' }] }] })).toBeNull();
    expect(world.item(id).price).toBe('price_3000');
    world.advance('2026-05-01T02:00:00Z');
    expect(world.amounts(world.last().id).sort((a, b) => a - b)).toEqual([-667, 2000, 3000]);
  });

  test('is billed at once, or not at all, if the caller says so', () => {
    const { world } = on11th();
    world.on('updateSchedule', { phases: [{ ...running, items: [{ price: 'price_3000' }] }], proration_behavior: 'always_invoice' });
    expect(world.last()).toMatchObject({ status: 'paid', total: 1333 });
    world.on('updateSchedule', { phases: [{ ...running, items: [{ price: 'price_1000' }] }], proration_behavior: 'none' });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last().total).toBe(1000);
  });

  test('costs what its preview showed', () => {
    const { world } = on11th();
    const phases = [{ ...running, items: [{ price: 'price_3000', quantity: 2 }] }, cheap];
    const { id: schedule } = world.schedule();
    const foretold = world.preview({ customer: 'cus_1', schedule, schedule_details: { phases } } as never);
    world.on('updateSchedule', { phases });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last()).toMatchObject(foretold.totals);
  });

  test('that ends it now starts the next one now', () => {
    const { world, id } = on11th();
    const phases = [
      { start_date: start, end_date: 'now', items: [{ price: 'price_1000' }] },
      { ...dear, start_date: 'now' },
    ];
    expect(world.on('updateSchedule', { phases })).toBeNull();
    expect(world.item(id).price).toBe('price_3000');
    expect(world.schedule()).toMatchObject({ currentPhaseStart: at('2026-04-11'), status: 'active' });
    world.advance('2026-05-11');
    expect(world.schedule().status).toBe('released');
  });

  test('that ends the last phase now ends the schedule', () => {
    const { world, id } = on11th();
    world.on('updateSchedule', { phases: [{ start_date: start, end_date: 'now', items: [{ price: 'price_1000' }] }] });
    expect([world.schedule().status, world.subscription(id).schedule]).toEqual(['released', null]);
  });

  test('that ends its trial bills a whole period now', () => {
    const { world, id } = on11th({ phases: [{ ...cheap, trial: true }, dear] });
    world.on('updateSchedule', { phases: [{ ...running, items: [{ price: 'price_1000' }], trial_end: 'now' }] });
    expect([world.subscription(id).status, world.last().total]).toEqual(['active', 1000]);
  });

  test('leaves past phases as they were, whether the request repeats them or not', () => {
    const { world } = on11th({ phases: [cheap, dear, cheap] });
    const [first] = world.schedule().phases;
    world.advance('2026-05-11');
    const may = { start_date: at('2026-05-01'), end_date: at('2026-06-01'), items: [{ price: 'price_3000' }] };
    world.on('updateSchedule', { phases: [{ ...running, items: [{ price: 'price_free' }] }, may] });
    expect(world.schedule().phases).toEqual([first, expect.objectContaining({ start_date: may.start_date, end_date: may.end_date })]);
    world.on('updateSchedule', { phases: [may, dear] });
    expect(world.schedule().phases.map((phase) => phase.start_date)).toEqual([start, may.start_date, may.end_date]);
  });

  test('does not redeem its coupon again', () => {
    const world = new Scheduled('2026-04-01');
    world.coupon({ id: 'HALF', key: 'acct_1/test/HALF', percentOff: '50', amountOff: null, duration: 'forever' });
    const phase = { items: [{ price: 'price_1000' }], discounts: [{ coupon: 'HALF' }] };
    const id = world.begin({ phases: [{ ...phase, duration: month }] });
    const [before] = world.subscription(id).discounts;
    world.on('updateSchedule', { phases: [{ ...running, ...phase, items: [{ price: 'price_1000', quantity: 2 }] }] });
    expect(world.subscription(id).discounts).toEqual([before]);
  });
});

describe('a refused change changes nothing', () => {
  const running = { start_date: start, items: [{ price: 'price_1000' }] };
  const cases: [string, Record<string, unknown>][] = [
    ['phases[0][start_date]', { phases: [dear] }],
    ['phases[0][start_date]', { phases: [{ ...dear, start_date: 'now' }] }],
    ['phases[0][end_date]', { phases: [{ ...running, end_date: at('2026-04-05') }] }],
    [
      'phases[1][start_date]',
      {
        phases: [
          { ...running, end_date: at('2026-05-01') },
          { ...dear, start_date: at('2026-05-02') },
        ],
      },
    ],
    ['phases[0][items][0][price]', { phases: [{ start_date: start, items: [{ price: 'price_none' }], duration: month }] }],
    ['phases[0][items][0][price]', { phases: [{ start_date: start, items: [{ price: 'price_once' }], duration: month }] }],
    ['phases[0][items][1][price]', { phases: [{ start_date: start, items: [{ price: 'price_1000' }, { price: 'price_1000' }] }] }],
    ['phases[0][items]', { phases: [{ start_date: start, items: [], duration: month }] }],
    ['phases[0][add_invoice_items][0][price]', { phases: [{ ...running, add_invoice_items: [{ price: 'price_1000' }] }] }],
    [
      'phases[1][trial_end]',
      {
        phases: [
          { ...running, end_date: at('2026-05-01') },
          { ...dear, trial_end: at('2026-07-01') },
        ],
      },
    ],
    [
      'phases[0][billing_cycle_anchor]',
      { phases: [{ ...running, end_date: at('2026-05-01'), trial_end: at('2026-05-01'), billing_cycle_anchor: 'phase_start' }] },
    ],
    [
      'phases[0][invoice_settings][days_until_due]',
      { phases: [{ ...running, end_date: at('2026-05-01'), collection_method: 'send_invoice' }] },
    ],
    ['phases', { phases: [{ ...running, end_date: at('2026-05-01') }, ...Array.from({ length: 10 }, () => dear)] }],
    ['default_payment_method', { default_settings: { default_payment_method: 'pm_of_another' } }],
  ];

  test.each(cases)('%s', (param, parameters) => {
    const { world } = on11th();
    const before = JSON.stringify([world.schedule(), world.rows.all('subscription'), world.rows.all('subscriptionItem')]);
    expect(world.on('updateSchedule', parameters)?.details.param).toBe(param);
    expect(JSON.stringify([world.schedule(), world.rows.all('subscription'), world.rows.all('subscriptionItem')])).toBe(before);
  });
});

describe('a direct change of the subscription', () => {
  test('changes the running phase, and lasts until the next', () => {
    const { world, id } = on11th();
    world.update(id, { items: [{ id: world.item(id).id, quantity: 3 }], description: 'Three' });
    expect(world.schedule().phases[0]).toMatchObject({ items: [{ price: 'price_1000', quantity: 3 }], description: 'Three' });
    world.advance('2026-05-01');
    expect(world.items(id).map(({ price, quantity }) => [price, quantity])).toEqual([['price_3000', 1]]);
  });

  test.each([{ cancel_at_period_end: true }, { cancel_at: at('2026-06-01') }, { trial_end: at('2026-06-01') }])('but not %j', (change) => {
    const { world, id } = on11th();
    const refusal = world.ask('subscription', id, 'updateSubscription', { path: { subscription: id }, ...change });
    expect(refusal?.message).toContain(`managed by the subscription schedule \`${world.schedule().id}\``);
  });

  test('cannot pause it', () => {
    const { world, id } = on11th();
    expect(world.ask('subscription', id, 'pauseSubscription')?.code).toBe('subscription_not_editable');
  });

  test('that cancels it cancels the schedule', () => {
    const { world, id } = on11th();
    world.cancel(id);
    expect(world.schedule()).toMatchObject({ status: 'canceled', canceledAt: at('2026-04-11'), currentPhaseStart: null });
    expect(world.told()).toContain('subscription_schedule.canceled');
  });
});

describe('ending a schedule', () => {
  test('release leaves the subscription, without the end that the schedule had planned', () => {
    const { world, id } = on11th({ end_behavior: 'cancel' });
    expect(world.subscription(id).cancelAt).toBe(at('2026-06-01'));
    expect(world.on('releaseSchedule')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', schedule: null, cancelAt: null });
    expect(world.on('releaseSchedule')?.code).toBe('subscription_not_editable');
  });

  test('release can keep the planned end', () => {
    const { world, id } = on11th({ end_behavior: 'cancel' });
    world.on('releaseSchedule', { preserve_cancel_date: true });
    world.advance('2026-06-02');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-06-01') });
  });

  test('cancel ends both, and a last invoice credits unused time, unless the caller declines that', () => {
    const { world, id } = on11th();
    world.on('cancelSchedule');
    expect([world.subscription(id).status, world.schedule().status, world.last().total]).toEqual(['canceled', 'canceled', -667]);
    const other = on11th();
    other.world.on('cancelSchedule', { invoice_now: false, prorate: false });
    expect([other.world.schedule().status, other.world.last().total]).toEqual(['canceled', 1000]);
  });

  test('another end behavior sets or removes the planned end', () => {
    const { world, id } = on11th();
    world.on('updateSchedule', { end_behavior: 'cancel' });
    expect(world.subscription(id).cancelAt).toBe(at('2026-06-01'));
    world.on('updateSchedule', { end_behavior: 'release' });
    expect(world.subscription(id).cancelAt).toBeNull();
  });

  test('the end of an unpaid subscription aborts it', () => {
    const { world, id } = on11th();
    world.card('chargeCustomerFail');
    world.advance('2026-06-20');
    expect([world.subscription(id).status, world.schedule().status]).toEqual(['canceled', 'canceled']);
    expect(world.told()).toContain('subscription_schedule.aborted');
  });
});

describe('a schedule from a subscription', () => {
  test('has the running period as its only phase, and bills nothing', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.create({ items: [{ price: 'price_1000', quantity: 2 }], description: 'Mine' });
    world.advance('2026-04-11');
    expect(world.adopt(id)).toBeNull();
    const { phases, status, currentPhaseStart } = world.schedule();
    expect([status, currentPhaseStart, phases.length]).toEqual(['active', start, 1]);
    expect(phases[0]).toMatchObject({ start_date: start, end_date: at('2026-05-01'), items: [{ price: 'price_1000', quantity: 2 }] });
    expect(world.invoices().length).toBe(1);
    expect(world.adopt(id)?.message).toContain('already attached to a schedule');
  });

  test('a downgrade at the period’s end', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.create({ items: [{ price: 'price_3000' }], description: 'Mine' });
    world.advance('2026-04-11');
    world.adopt(id);
    const running = { items: [{ price: 'price_3000' }], start_date: start, end_date: at('2026-05-01') };
    expect(world.on('updateSchedule', { phases: [running, cheap] })).toBeNull();
    world.advance('2026-06-01');
    expect(world.bills().map(([, total]) => total)).toEqual([3000, 1000, 1000]);
    expect([world.schedule().status, world.subscription(id).description]).toEqual(['released', 'Mine']);
  });

  test('counts the months of its phases from the subscription’s anchor', () => {
    const world = new Scheduled('2026-01-31');
    const id = world.create({});
    world.advance('2026-03-10');
    world.adopt(id);
    const running = { items: [{ price: 'price_1000' }], start_date: at('2026-02-28'), end_date: at('2026-03-31') };
    expect(world.on('updateSchedule', { phases: [running, cheap, cheap] })).toBeNull();
    expect(world.schedule().phases.map(({ end_date }) => end_date)).toEqual(['2026-03-31', '2026-04-30', '2026-05-31'].map(at));
  });

  test('has a canceling end if the subscription is to be canceled', () => {
    const world = new Scheduled('2026-04-01');
    const id = world.create({ cancel_at_period_end: true });
    world.adopt(id);
    expect(world.schedule().endBehavior).toBe('cancel');
    world.advance('2026-05-02');
    expect([world.schedule().status, world.subscription(id).status]).toEqual(['completed', 'canceled']);
  });
});

describe('before its start a schedule', () => {
  const later = { start_date: at('2026-05-10'), phases: [cheap, dear] };

  test('has no subscription; at its start it has one', () => {
    const world = new Scheduled('2026-04-01');
    expect(world.plan(later)).toBeNull();
    expect([world.schedule().status, world.schedule().subscription, world.rows.all('subscription').length]).toEqual([
      'not_started',
      null,
      0,
    ]);
    world.advance('2026-06-11');
    const { subscription, status } = world.schedule();
    expect(status).toBe('active');
    expect(world.subscription(subscription ?? '')).toMatchObject({ startDate: at('2026-05-10'), billingCycleAnchor: at('2026-05-10') });
    expect(world.bills()).toEqual([
      ['subscription_create', 1000],
      ['subscription_cycle', 3000],
    ]);
  });

  test('can be changed, moved to now, or canceled', () => {
    const world = new Scheduled('2026-04-01');
    world.plan(later);
    expect(world.on('updateSchedule', { phases: [{ ...dear, start_date: at('2026-03-01') }] })?.details.param).toBe(
      'phases[0][start_date]',
    );
    expect(world.on('updateSchedule', { phases: [dear], metadata: { why: 'better' } })).toBeNull();
    expect(world.schedule()).toMatchObject({
      status: 'not_started',
      phases: [{ start_date: at('2026-05-10') }],
      metadata: { why: 'better' },
    });
    world.on('updateSchedule', { phases: [{ ...dear, start_date: 'now' }] });
    expect([world.schedule().status, world.last().total]).toEqual(['active', 3000]);

    const other = new Scheduled('2026-04-01');
    other.plan(later);
    other.on('cancelSchedule');
    other.advance('2026-06-11');
    expect([other.schedule().status, other.invoices().length]).toEqual(['canceled', 0]);
  });

  test('has a preview that matches its bill', () => {
    const world = new Scheduled('2026-04-01');
    world.plan({ ...later, start_date: world.now + 1 });
    world.now += 1;
    const foretold = world.preview({ customer: 'cus_1', schedule: world.schedule().id });
    world.settle();
    expect(world.last()).toMatchObject(foretold.totals);
  });

  test('an outage over the whole schedule: afterwards its subscription starts and ends, and its time is billed', () => {
    const world = new Scheduled('2026-04-01');
    world.plan({ ...later, end_behavior: 'cancel' });
    world.now = at('2026-07-12');
    world.settle();
    world.advance('2026-07-13');
    const { subscription, status } = world.schedule();
    expect([status, world.subscription(subscription ?? '').status]).toEqual(['completed', 'canceled']);
    expect(world.amounts().sort((a, b) => a - b)).toEqual([-1000, 1000, 1000, 3000]);
    // As after every end within a draft's hour, the draft is left to the seller.
    expect(world.invoices().map((invoice) => [invoice.status, invoice.total])).toEqual([
      ['draft', 2000],
      ['paid', 2000],
    ]);
  });

  test('an outage over its start: a trial that ended meanwhile stays free', () => {
    const world = new Scheduled('2026-04-01');
    world.plan({ ...later, phases: [{ ...cheap, trial_end: at('2026-05-20') }, dear] });
    world.now = at('2026-05-25');
    world.settle();
    expect(world.last()).toMatchObject({ billingReason: 'subscription_create', total: 1000 });
    expect(world.subscription(world.schedule().subscription ?? '')).toMatchObject({ startDate: at('2026-05-20') });
  });

  test('ends with its customer', () => {
    const world = new Scheduled('2026-04-01');
    world.plan(later);
    world.deleteCustomer();
    world.advance('2026-06-11');
    expect([world.schedule().status, world.rows.all('subscription').length]).toEqual(['canceled', 0]);
  });

  test('a schedule that starts in the past bills the time since then', () => {
    const world = new Scheduled('2026-04-21');
    world.begin({ start_date: start, phases: [{ ...cheap, duration: { interval: 'month', interval_count: 2 } }] });
    expect(world.bills()).toEqual([['subscription_create', 1000]]);
    world.advance('2026-05-02');
    expect(world.last()).toMatchObject({ cycleAt: at('2026-05-01'), total: 1000 });
    expect(
      world.ask('subscription', 'sub_2', 'createSchedule', { customer: 'cus_1', start_date: start, phases: [cheap] })?.details.param,
    ).toBe('phases[0][end_date]');
  });
});
