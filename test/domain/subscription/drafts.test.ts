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
