import { at } from '../builders';
import { HOUR, World } from './world';

/** A seller who keeps no drafts. */
function withoutDrafts(start = '2026-04-01'): World {
  const world = new World(start);
  world.card('visa');
  world.taxes();
  const { invoices } = world.rows.get('account', 'acct_1').settings.test;
  world.settings({ invoices: { ...invoices, drafts: 'none' } });
  return world;
}

test('a renewal is final and paid when its period ends, tax included', () => {
  const world = withoutDrafts();
  const id = world.create({ default_tax_rates: ['txr_ex'] });
  world.advance('2026-05-01');
  expect(world.last()).toMatchObject({ status: 'paid', total: 1200, billingReason: 'subscription_cycle', finalizedAt: world.now });
  expect(world.charged()).toEqual([1200, 1200]);
  expect(world.agenda('subscription', id).map(([step]) => step)).toEqual(['renewSubscription']);
});

test('a renewal that is declined is recovered as any other', () => {
  const world = withoutDrafts();
  const id = world.create();
  world.card('chargeCustomerFail');
  world.advance('2026-05-01');
  expect([world.subscription(id).status, world.last().status]).toEqual(['past_due', 'open']);
  world.card('visa');
  expect([world.subscription(id).status, world.last().status]).toEqual(['active', 'paid']);
});

test('a threshold is billed and paid at once', () => {
  const world = withoutDrafts();
  world.metered('price_calls');
  world.create({ items: [{ price: 'price_calls' }], billing_thresholds: { amount_gte: 5000 } });
  world.advance('2026-04-10');
  world.use(3000);
  expect(world.last()).toMatchObject({ status: 'paid', total: 6000, billingReason: 'subscription_threshold' });
});

test.each([
  ['keep_as_draft', 'draft'],
  ['mark_uncollectible', 'uncollectible'],
  ['void', 'void'],
])('a pause of collection decides as before: %s', (behavior, status) => {
  const world = withoutDrafts();
  const id = world.create();
  world.update(id, { pause_collection: { behavior } });
  world.advance('2026-05-01');
  expect([world.last().status, world.charged()]).toEqual([status, [1000]]);
});

test('an invoice that is sent is open when the period ends', () => {
  const world = withoutDrafts();
  world.create({ collection_method: 'send_invoice', days_until_due: 30 });
  expect(world.last()).toMatchObject({ status: 'open', dueDate: world.now + 30 * 24 * HOUR });
});

test('the last invoice of a subscription that has ended keeps its hour, in which late usage counts', () => {
  const world = withoutDrafts();
  world.metered('price_calls');
  const id = world.create({ items: [{ price: 'price_calls' }] });
  world.advance('2026-04-20');
  world.use(100);
  world.update(id, { cancel_at_period_end: true });
  world.advance('2026-05-01');
  expect(world.last().status).toBe('draft');
  world.by(HOUR);
  expect(world.last()).toMatchObject({ status: 'paid', total: 200 });
});

test('by default a renewal stays a draft for an hour', () => {
  const world = new World('2026-04-01');
  world.card('visa');
  world.create();
  world.advance('2026-05-01');
  expect(world.last()).toMatchObject({ status: 'draft', automaticallyFinalizesAt: world.now + HOUR });
});

describe('an interval of pending invoice items', () => {
  const MONTH = { interval: 'month' };

  /** A yearly subscription whose pending items are billed every month. */
  function yearly(asked: object = MONTH): { world: World; id: string } {
    const world = new World('2026-01-31');
    world.card('visa');
    return { world, id: world.create({ items: [{ price: 'price_year' }], pending_invoice_item_interval: asked }) };
  }
  const billing = (world: World, id: string) => world.subscription(id).pendingItemBilling;

  test('bills every month what waits for a yearly subscription, as a draft for an hour, and nothing where nothing waits', () => {
    const { world, id } = yearly();
    expect(billing(world, id)).toMatchObject({ interval: 'month', interval_count: 1, next: at('2026-02-28') });
    world.pending(700, { subscription: id });
    world.pending(50);
    world.advance('2026-02-28T00:59:59Z');
    expect(world.last()).toMatchObject({ status: 'draft', total: 700, billingReason: 'subscription_update', subscription: id });
    world.advance('2026-02-28T01:00:00Z');
    expect(world.last()).toMatchObject({ status: 'paid', total: 700 });
    expect(world.subscription(id).latestInvoice).toBe(world.last().id);
    world.advance('2026-03-30');
    world.pending(300, { subscription: id });
    world.advance('2026-12-31');
    expect(world.charged()).toEqual([12_000, 700, 300]);
    expect(world.rows.where('invoice', ({ total }) => total === 300)[0]?.created).toBe(at('2026-03-31'));
    world.advance('2027-02-01');
    expect(world.charged()).toEqual([12_000, 700, 300, 12_050]);
  });

  test('leaves to a renewal of the same instant what waits', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create({ pending_invoice_item_interval: { interval: 'month', interval_count: 1 } });
    world.pending(500, { subscription: id });
    world.advance('2026-05-02');
    expect(world.charged()).toEqual([1000, 1500]);
  });

  test('waits while the subscription is paused, and bills once when it goes on', () => {
    const { world, id } = yearly({ interval: 'day' });
    expect(world.ask('subscription', id, 'pauseSubscription')).toBeNull();
    world.pending(500, { subscription: id });
    world.advance('2026-02-20');
    expect(world.charged()).toEqual([12_000]);
  });

  test('begins anew when it is changed, not when the same is set again, and ends when it is removed', () => {
    const { world, id } = yearly();
    world.advance('2026-02-10');
    world.update(id, { pending_invoice_item_interval: { interval: 'month', interval_count: 1 } });
    expect(billing(world, id)?.next).toBe(at('2026-02-28'));
    world.update(id, { pending_invoice_item_interval: { interval: 'week', interval_count: 2 } });
    expect(billing(world, id)?.next).toBe(at('2026-02-24'));
    world.update(id, { pending_invoice_item_interval: null });
    world.pending(700, { subscription: id });
    world.advance('2026-12-31');
    expect([billing(world, id), world.charged()]).toEqual([null, [12_000]]);
  });

  test.each([
    ['day', 366],
    ['week', 53],
    ['month', 13],
    ['year', 2],
  ])('is a year at most (%s, %d)', (interval, count) => {
    const { world, id } = yearly();
    const refusal = { code: 'parameter_invalid', details: { param: 'pending_invoice_item_interval[interval_count]' } };
    const asked = { pending_invoice_item_interval: { interval, interval_count: count } };
    expect(world.ask('subscription', id, 'updateSubscription', asked)).toMatchObject(refusal);
    expect(
      world.ask('subscription', id, 'updateSubscription', { pending_invoice_item_interval: { interval, interval_count: count - 1 } }),
    ).toBeNull();
  });
});
