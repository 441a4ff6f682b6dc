/** Each event is billed once, at one price, where changes are dated back, wait for their payment, or meet a pause or a threshold. */
import { at, sum } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

const MONTH = 31 * DAY;

function sold(parameters: Record<string, unknown> = {}, prices = ['price_1000', 'price_calls']): { world: World; id: string } {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  world.metered('price_dear', { unitAmount: 7, unitAmountDecimal: '7' });
  return { world, id: world.create({ items: prices.map((price) => ({ price })), ...parameters }) };
}

const lines = (world: World) =>
  world
    .invoices()
    .filter(({ status }) => status !== 'void')
    .flatMap(({ id }) => world.lines(id));
const billed = (world: World): number => sum(lines(world).flatMap(({ basis, amount }) => (basis?.usage ? [amount] : [])));
const metered = (world: World, id: string) => world.items(id).find(({ price }) => price !== 'price_1000' && price !== 'price_year');

describe('a backdated change', () => {
  test('does not reach usage that an earlier change has billed', () => {
    const { world, id } = sold();
    world.use(10);
    world.by(5 * DAY);
    world.update(id, { items: [{ id: metered(world, id)?.id, price: 'price_dear' }], proration_behavior: 'none' });
    world.use(1);
    world.by(DAY);
    world.update(id, {
      items: [{ id: metered(world, id)?.id, price: 'price_calls' }],
      proration_date: at('2026-04-01'),
      proration_behavior: 'none',
    });
    world.use(100);
    world.by(MONTH);
    expect(billed(world)).toBe(111 * 2);
  });

  test('does not reach usage that a threshold has billed since, and bills the rest at each price', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.by(5 * DAY);
    world.update(id, { items: [{ id: metered(world, id)?.id, price: 'price_dear' }], proration_behavior: 'none' });
    world.by(DAY);
    world.use(60);
    expect(billed(world)).toBe(420);
    world.by(DAY);
    const price = (name: string, date: string) => {
      world.update(id, {
        items: [{ id: metered(world, id)?.id, price: name }],
        proration_date: at(date),
        proration_behavior: 'none',
      });
    };
    price('price_calls', '2026-04-02');
    world.use(3);
    price('price_dear', '2026-04-06T12:00:00Z');
    world.by(2 * MONTH);
    expect(billed(world)).toBe(420 + 3 * 7);
  });

  test('that adds a price again does not count usage that was billed when it was removed', () => {
    const { world, id } = sold();
    world.use(10);
    world.by(5 * DAY);
    world.update(id, { items: [{ id: metered(world, id)?.id, deleted: true }] });
    world.use(3);
    world.by(DAY);
    world.update(id, { items: [{ price: 'price_calls' }], proration_date: at('2026-04-02') });
    world.by(MONTH);
    expect(billed(world)).toBe(13 * 2);
  });

  test('into an earlier month of a metered price beside a yearly one bills no month twice', () => {
    const { world, id } = sold({}, ['price_year', 'price_calls']);
    world.use(10);
    world.advance('2026-06-10');
    world.update(id, {
      items: [{ id: metered(world, id)?.id, price: 'price_dear' }],
      proration_date: at('2026-03-31'),
      proration_behavior: 'none',
    });
    world.use(3);
    world.by(2 * MONTH);
    expect(billed(world)).toBe(10 * 2 + 3 * 7);
  });
});

describe('a threshold that restarts the cycle, or bills in the second of a change', () => {
  test('a new price in the same second counts from the next second', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100, reset_billing_cycle_anchor: true } });
    world.by(DAY);
    world.use(60);
    world.update(id, { items: [{ id: metered(world, id)?.id, price: 'price_dear' }] });
    world.by(2 * MONTH);
    expect(billed(world)).toBe(120);
  });

  test('several prices in the second of a threshold do not count it again', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.use(60);
    expect(billed(world)).toBe(120);
    world.update(id, { items: [{ id: metered(world, id)?.id, price: 'price_dear' }] });
    world.by(2 * MONTH);
    expect(billed(world)).toBe(120);
  });

  test('two in one second, with an event of that second in their drafts’ hour', () => {
    const { world } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.by(DAY);
    world.use(60);
    world.use(70);
    world.use(1);
    world.by(2 * MONTH);
    expect(billed(world)).toBe(262);
  });

  test('the same price as another item does not count it again', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.by(DAY);
    world.use(60);
    world.update(id, { items: [{ id: metered(world, id)?.id, deleted: true }] });
    world.update(id, { items: [{ price: 'price_calls' }] });
    world.by(2 * MONTH);
    expect(billed(world)).toBe(120);
  });

  test('a cancellation in the same second credits none of it', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.by(DAY);
    world.use(60);
    world.cancel(id, { invoice_now: true });
    expect(billed(world)).toBe(120);
  });
});

describe('while a pending change waits for its payment', () => {
  function waiting(parameters: Record<string, unknown> = {}) {
    const { world, id } = sold(parameters);
    world.use(10);
    world.by(DAY);
    world.card('pm_card_chargeCustomerFail');
    const items = world.items(id).map((item) => ({ id: item.id, price: item.price === 'price_1000' ? 'price_3000' : 'price_dear' }));
    world.update(id, { items, payment_behavior: 'pending_if_incomplete', proration_behavior: 'always_invoice' });
    world.by(HOUR);
    world.use(60);
    world.by(HOUR);
    world.card('pm_card_visa', 'pm_good');
    return { world, id };
  }

  test('a threshold waits too, and bills everything once when the change has expired', () => {
    const { world } = waiting({ billing_thresholds: { amount_gte: 100 } });
    expect(billed(world)).toBe(20);
    world.by(DAY);
    expect(world.last()).toMatchObject({ billingReason: 'subscription_threshold', total: 140 });
    world.by(MONTH);
    expect(billed(world)).toBe(140);
  });

  test('a cancellation also bills the usage of the change, which never takes effect', () => {
    const { world, id } = waiting();
    world.cancel(id, { invoice_now: true });
    expect(world.last().total).toBe(140);
    expect(billed(world)).toBe(140);
  });

  test('a new cycle bills usage since then, and the change, paid or void, does not count it again', () => {
    for (const isPaid of [true, false]) {
      const { world, id } = waiting();
      const { invoice = '' } = world.subscription(id).pendingUpdate ?? {};
      world.update(id, { billing_cycle_anchor: 'now' });
      expect(world.onInvoice(invoice, isPaid ? 'payInvoice' : 'voidInvoice', { path: { invoice } })).toBeNull();
      world.by(2 * MONTH);
      expect(billed(world)).toBe(140);
    }
  });
});

describe('a pause', () => {
  test('keeps usage in it free when the price changes meanwhile', () => {
    const { world, id } = sold({}, ['price_calls']);
    world.use(10);
    world.by(DAY);
    world.must('subscription', id, 'pauseSubscription');
    world.use(500);
    world.by(DAY);
    world.update(id, { items: [{ id: metered(world, id)?.id, price: 'price_dear' }] });
    world.by(DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    world.use(1);
    world.by(2 * MONTH);
    expect(billed(world)).toBe(20 + 7);
  });

  test('leaves the draft of a threshold to be collected', () => {
    const { world, id } = sold({ billing_thresholds: { amount_gte: 100 } });
    world.by(DAY);
    world.use(60);
    world.by(60);
    world.must('subscription', id, 'pauseSubscription');
    world.by(2 * HOUR);
    expect(world.invoices().find(({ billingReason }) => billingReason === 'subscription_threshold')).toMatchObject({
      total: 120,
      status: 'paid',
    });
  });

  test('whose resumption is not paid in time leaves earlier usage to be billed', () => {
    const { world, id } = sold();
    world.use(10);
    world.by(DAY);
    world.must('subscription', id, 'pauseSubscription');
    world.by(DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    world.by(2 * DAY);
    expect(billed(world)).toBe(0);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.last().total).toBe(1020);
  });
});

describe('a minimum commitment or maximum spend', () => {
  test('ignores a threshold’s bill, because the period continues, also when the draft is recounted', () => {
    const { world } = sold({ maximum_spend: { amount: 5000 }, billing_thresholds: { amount_gte: 100 } });
    world.by(DAY);
    world.use(60);
    world.by(60);
    world.use(5, { at: world.now - 100 });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ billingReason: 'subscription_threshold', total: 130, status: 'paid' });
  });

  test('applies to the last period alone, also with late usage and a recounted draft', () => {
    const { world, id } = sold({ maximum_spend: { amount: 1500 } });
    const end = metered(world, id)?.currentPeriodEnd ?? 0;
    world.update(id, { cancel_at: end + 10 * DAY, proration_behavior: 'none' });
    world.advance(end + 2 * HOUR);
    world.use(7, { at: end - 60 });
    world.use(400);
    world.advance(end + 10 * DAY + 60);
    world.use(1, { at: end + 10 * DAY - 1 });
    world.by(2 * HOUR);
    // 10 of 31 days of the base are 323, and of the maximum 484, which leaves 161 for what is used; 7 calls of before are 14.
    expect(world.last()).toMatchObject({ total: 161 + 14, status: 'paid' });
  });

  test('of a new cycle does not count credits for the one before', () => {
    const { world, id } = sold({ maximum_spend: { amount: 1500 } });
    world.use(400);
    world.advance('2026-04-15');
    world.update(id, { billing_cycle_anchor: 'now' });
    // Half of April's maximum, and the new period's base.
    expect(world.last().total).toBe(750 - 1000 + 1000);
    world.use(400);
    world.advance('2026-05-15T02:00:00Z');
    expect(world.last().total).toBe(1000 + 500);
  });
});

describe('late usage for a period with a minimum or a maximum', () => {
  const story = (parameters: Record<string, unknown>) => {
    const { world, id } = sold(parameters);
    const end = metered(world, id)?.currentPeriodEnd ?? 0;
    world.use(500);
    world.advance(end + 2 * HOUR);
    world.use(50, { at: end - 60 });
    world.advance(metered(world, id)?.currentPeriodEnd ?? 0);
    // In the hour of the draft.
    world.use(7, { at: end - 60 });
    world.by(2 * HOUR);
    world.use(-100, { at: end - 60 });
    world.update(id, { cancel_at_period_end: true });
    world.by(MONTH);
    return world;
  };
  /** For April: a base and 500 calls cost 2000; 57 more arrive later, and 100 fewer in the end. */
  const totals = (world: World) => world.invoices().map(({ total }) => total);

  test('keeps the period at its maximum', () => {
    // May and June: 1000 each, and nothing more of April.
    expect(totals(story({ maximum_spend: { amount: 1200 } }))).toEqual([1000, 1000 + 200, 1000, 0]);
  });

  test('brings the period up to its maximum, or below it again', () => {
    expect(totals(story({ maximum_spend: { amount: 2050 } }))).toEqual([1000, 1000 + 1000, 1000 + 50, 1914 - 2050]);
  });

  test('fills the minimum before it costs more', () => {
    expect(totals(story({ minimum_commitment: { amount: 2100 } }))).toEqual([1000, 1000 + 1100, 1000 + 1100 + 14, 1100 - 14]);
  });
});

test('a trial phase leaves earlier usage to be billed', () => {
  const { world, id } = sold();
  world.must('subscription', id, 'createScheduleFromSubscription', { from_subscription: id });
  const { id: schedule = '' } = world.rows.all('subscriptionSchedule')[0] ?? {};
  const end = metered(world, id)?.currentPeriodEnd ?? 0;
  const items = [{ price: 'price_1000' }, { price: 'price_calls' }];
  const phases = [
    { items, start_date: world.now, end_date: end },
    { items, trial_end: end + 10 * DAY, end_date: end + 3 * MONTH },
  ];
  world.must('subscription', id, 'updateSchedule', { path: { schedule }, phases });
  world.use(100);
  world.advance(end + DAY);
  world.use(1000);
  world.by(10 * DAY);
  world.use(7);
  world.by(2 * MONTH);
  expect(billed(world)).toBe(200 + 14);
});

test('late usage has its item’s discounts, also when they have ended', () => {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  world.coupon({ id: 'half', key: 'acct_1/test/half', percentOff: '50', amountOff: null, duration: 'forever' });
  const id = world.create({ items: [{ price: 'price_calls', discounts: [{ coupon: 'half' }] }] });
  const end = world.item(id).currentPeriodEnd;
  world.advance(end + 2 * HOUR);
  world.use(10, { at: end - 60 });
  world.update(id, { cancel_at_period_end: true });
  world.by(MONTH + 2 * HOUR);
  expect(world.last().total).toBe(10);
  world.use(30, { at: world.now - 2 * DAY });
  world.create();
  expect(world.last().total).toBe(1000 + 30);
});

test('negative usage costs nothing, and later usage is counted against it', () => {
  const { world, id } = sold({}, ['price_calls']);
  world.use(-10);
  const end = metered(world, id)?.currentPeriodEnd ?? 0;
  world.advance(end + 2 * HOUR);
  expect(world.last()).toMatchObject({ total: 0, status: 'paid' });
  expect(world.lines(world.last().id)[0]).toMatchObject({ amount: 0, quantity: 0 });
  world.use(15, { at: end - 1 });
  world.by(2 * MONTH);
  expect(billed(world)).toBe(10);
  expect(lines(world).find(({ amount }) => amount === 10)).toMatchObject({ quantity: 5 });
});

test('late usage for a paid period waits for the customer’s next invoice when the subscription is canceled at once', () => {
  const { world, id } = sold({}, ['price_calls']);
  const end = metered(world, id)?.currentPeriodEnd ?? 0;
  world.use(10);
  world.advance(end + 2 * HOUR);
  world.use(4, { at: end - 1 });
  world.use(3);
  world.cancel(id);
  const waiting = world.rows.where('invoiceItem', ({ invoice }) => invoice === null);
  expect(waiting.map(({ amount, subscription }) => [amount, subscription])).toEqual([[8, null]]);
});

test('late usage from before a trial is billed at the trial’s end', () => {
  const { world, id } = sold({}, ['price_calls']);
  world.use(10);
  world.by(DAY);
  world.update(id, { trial_end: world.now + 34 * DAY, proration_behavior: 'none' });
  world.use(4, { at: world.now - 1 });
  world.use(500);
  world.by(35 * DAY);
  expect(world.last()).toMatchObject({ total: 20 + 8, status: 'paid' });
});

test('late usage from before a long pause is billed when the pause ends the subscription', () => {
  const { world, id } = sold({}, ['price_calls']);
  world.use(10);
  world.by(DAY);
  world.must('subscription', id, 'pauseSubscription');
  world.use(4, { at: world.now - 1 });
  world.by(3 * MONTH);
  world.cancel(id);
  world.create();
  expect(world.last().total).toBe(1000 + 20 + 8);
});

test('a planned end that runs late bills up to its own time', () => {
  const { world, id } = sold({}, ['price_calls']);
  const end = world.now + 10 * DAY;
  world.update(id, { cancel_at: end });
  world.use(10, { at: end - 1 });
  world.now = end + HOUR;
  world.use(5, { at: end + 60 });
  world.by(2 * HOUR);
  expect(world.last()).toMatchObject({ total: 20, status: 'paid' });
});
