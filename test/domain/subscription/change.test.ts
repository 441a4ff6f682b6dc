import { at, isoOf } from '../builders';
import { DAY, HOUR, World } from './world';

const start = at('2026-04-01');
const amounts = (world: World, invoice: string) => world.lines(invoice).map(({ amount }) => amount);
const waiting = (world: World) =>
  world.rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted).map(({ amount }) => amount);
const period = (world: World, id: string) => [
  isoOf(world.item(id).currentPeriodStart).slice(0, 10),
  isoOf(world.item(id).currentPeriodEnd).slice(0, 10),
];

/** 1000 a month, paid on 1 April by a card that works. */
function april(parameters: Record<string, unknown> = {}): { world: World; id: string; si: string } {
  const world = new World(start);
  world.card('visa');
  const id = world.create(parameters);
  return { world, id, si: world.item(id).id };
}
const to = (si: string, change: Record<string, unknown> = { price: 'price_3000' }) => ({ items: [{ id: si, ...change }] });

describe('a new price in the middle of a period', () => {
  test('leaves a credit and a charge for the next invoice', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, to(si));
    expect(waiting(world)).toEqual([-667, 2000]);
    expect(world.invoices()).toHaveLength(1);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last()).toMatchObject({ total: 4333, status: 'paid' });
    expect(waiting(world)).toEqual([]);
  });

  test('is billed and paid at once with always_invoice', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, { ...to(si), proration_behavior: 'always_invoice' });
    expect(world.last()).toMatchObject({ total: 1333, status: 'paid', billingReason: 'subscription_update' });
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last().total).toBe(3000);
  });

  test('costs nothing until the next period with proration_behavior none', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, { ...to(si), proration_behavior: 'none' });
    expect(waiting(world)).toEqual([]);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last().total).toBe(3000);
  });

  test('is prorated at the given date', () => {
    const { world, id, si } = april();
    world.advance('2026-04-21');
    world.update(id, { ...to(si), proration_date: at('2026-04-11') });
    expect(waiting(world)).toEqual([-667, 2000]);
    expect(
      world.ask('subscription', id, 'updateSubscription', { path: {}, ...to(si, { quantity: 2 }), proration_date: at('2026-03-31') }),
    ).toMatchObject({ code: 'parameter_invalid' });
  });

  test('that is lower credits the balance, and the next invoice uses it', () => {
    const world = new World(start);
    world.card('visa');
    const id = world.create({ items: [{ price: 'price_3000' }] });
    world.advance('2026-04-11');
    world.update(id, { ...to(world.item(id).id, { price: 'price_1000' }), proration_behavior: 'always_invoice' });
    expect(world.last()).toMatchObject({ total: -1333, status: 'paid', amountDue: 0 });
    expect(world.rows.get('customer', 'cus_1').balance).toBe(-1333);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last()).toMatchObject({ total: 1000, amountDue: 0, status: 'paid', startingBalance: -1333, endingBalance: -333 });
  });

  test('twice in a period credits the amount charged, not the current price', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, { ...to(si), proration_behavior: 'always_invoice' });
    world.advance('2026-04-21');
    world.update(id, { ...to(si, { price: 'price_1000' }), proration_behavior: 'always_invoice' });
    expect(amounts(world, world.last().id)).toEqual([-1000, 333]);
  });

  test('and back at the same instant costs nothing', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, to(si));
    world.update(id, to(si, { price: 'price_1000' }));
    expect(waiting(world).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  test('sets the quantity to one unless the request has one', () => {
    const { world, id, si } = april({ items: [{ price: 'price_1000', quantity: 4 }] });
    world.update(id, to(si));
    expect(world.item(id).quantity).toBe(1);
    world.update(id, to(si, { price: 'price_1000', quantity: 2 }));
    expect(world.item(id).quantity).toBe(2);
  });
});

describe('quantities and items', () => {
  test('a higher quantity is charged for the rest of the period', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, to(si, { quantity: 3 }));
    expect(waiting(world)).toEqual([-500, 1500]);
  });

  test('an added item is charged for the rest of the period, a removed one credited', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { items: [{ price: 'price_3000' }] });
    expect(waiting(world)).toEqual([1500]);
    world.update(id, { items: [{ id: si, deleted: true }] });
    expect(waiting(world)).toEqual([1500, -500]);
    expect(world.items(id)).toHaveLength(1);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last().total).toBe(4000);
  });

  test('an operation on one item changes its subscription', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.must('subscription', id, 'createSubscriptionItem', { path: {}, subscription: id, price: 'price_3000', quantity: 2 });
    world.must('subscription', id, 'updateSubscriptionItem', { path: { item: si }, quantity: 2, proration_behavior: 'none' });
    expect(waiting(world)).toEqual([3000]);
    world.must('subscription', id, 'deleteSubscriptionItem', { path: { item: si }, proration_behavior: 'none' });
    expect(world.items(id).map(({ price, quantity }) => [price, quantity])).toEqual([['price_3000', 2]]);
  });

  test('at least one item stays, and no price occurs twice', () => {
    const { world, id, si } = april();
    expect(world.ask('subscription', id, 'updateSubscription', to(si, { deleted: true }))).toMatchObject({ code: 'parameter_invalid' });
    expect(world.ask('subscription', id, 'updateSubscription', { items: [{ price: 'price_1000' }] })).toMatchObject({
      code: 'parameter_invalid',
    });
    expect(world.items(id)).toHaveLength(1);
  });

  test('a monthly and a yearly item are each billed when their own period ends', () => {
    const world = new World('2026-01-31');
    world.card('visa');
    world.create({ items: [{ price: 'price_1000' }, { price: 'price_year' }] });
    world.advance('2027-02-01');
    expect(world.invoices().map(({ total }) => total)).toEqual([13_000, ...Array.from({ length: 11 }, () => 1000), 13_000]);
  });
});

describe('another interval', () => {
  test('in flexible billing mode keeps the anchor: unused and remaining time on the same periods', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { ...to(si, { price: 'price_year' }), proration_behavior: 'always_invoice' });
    expect(world.subscription(id).billingCycleAnchor).toBe(start);
    expect(period(world, id)).toEqual(['2026-04-01', '2027-04-01']);
    expect(amounts(world, world.last().id)).toEqual([-500, Math.round((12_000 * 350) / 365)]);
  });

  test('in classic billing mode restarts the cycle, and is billed at once', () => {
    const { world, id, si } = april({ billing_mode: { type: 'classic' } });
    world.advance('2026-04-16');
    world.update(id, to(si, { price: 'price_year' }));
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-04-16'));
    expect(period(world, id)).toEqual(['2026-04-16', '2027-04-16']);
    expect(world.last()).toMatchObject({ total: 11_500, status: 'paid', billingReason: 'subscription_update' });
    world.advance('2027-04-16T01:00:00Z');
    expect(world.last().total).toBe(12_000);
  });

  test('in classic billing mode without proration is billed in full at once', () => {
    const { world, id, si } = april({ billing_mode: { type: 'classic' } });
    world.advance('2026-04-16');
    world.update(id, { ...to(si, { price: 'price_year' }), proration_behavior: 'none' });
    expect(world.last().total).toBe(12_000);
  });

  test('in classic billing mode a price after a free one restarts the cycle', () => {
    const { world, id, si } = april({ items: [{ price: 'price_free' }], billing_mode: { type: 'classic' } });
    world.advance('2026-04-16');
    world.update(id, to(si));
    expect(world.last()).toMatchObject({ total: 3000, status: 'paid' });
    expect(period(world, id)).toEqual(['2026-04-16', '2026-05-16']);
  });

  test('in classic billing mode a change credits the current price, whatever was charged', () => {
    const { world, id, si } = april({ billing_mode: { type: 'classic' } });
    world.advance('2026-04-11');
    world.update(id, { ...to(si), proration_behavior: 'none' });
    world.advance('2026-04-21');
    world.update(id, to(si, { price: 'price_1000' }));
    expect(waiting(world)).toEqual([-1000, 333]);
  });
});

describe('the cycle', () => {
  test('restarts with billing_cycle_anchor=now: the rest of the old period is credited, a whole one charged', () => {
    const { world, id } = april();
    world.advance('2026-04-16');
    world.update(id, { billing_cycle_anchor: 'now' });
    expect(amounts(world, world.last().id)).toEqual([-500, 1000]);
    expect(world.last().status).toBe('paid');
    expect(period(world, id)).toEqual(['2026-04-16', '2026-05-16']);
    world.advance('2026-05-16T01:00:00Z');
    expect(world.invoices()).toHaveLength(3);
  });

  test('restarts without a credit if prorations are off', () => {
    const { world, id } = april();
    world.advance('2026-04-16');
    world.update(id, { billing_cycle_anchor: 'now', proration_behavior: 'none' });
    expect(amounts(world, world.last().id)).toEqual([1000]);
  });

  test('restarts together with a new price', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { ...to(si), billing_cycle_anchor: 'now' });
    expect(amounts(world, world.last().id)).toEqual([-500, 3000]);
  });
});

describe('a trial', () => {
  test('that ends now becomes the first paid period', () => {
    const { world, id } = april({ trial_period_days: 14 });
    world.advance('2026-04-05');
    world.update(id, { trial_end: 'now' });
    expect(world.subscription(id)).toMatchObject({ status: 'active', trialEnd: at('2026-04-05'), billingCycleAnchor: at('2026-04-05') });
    expect(world.last()).toMatchObject({ total: 1000, status: 'paid' });
    expect(period(world, id)).toEqual(['2026-04-05', '2026-05-05']);
  });

  test('that ends now and is not paid makes the subscription past due', () => {
    const world = new World(start);
    world.card('chargeCustomerFail');
    const id = world.create({ trial_period_days: 14 });
    world.advance('2026-04-05');
    world.update(id, { trial_end: 'now' });
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.last().nextPaymentAttempt).toBe(at('2026-04-06'));
  });

  test('that is extended is announced again', () => {
    const { world, id } = april({ trial_period_days: 14 });
    world.advance('2026-04-13');
    expect(world.told('customer.subscription.trial_will_end')).toHaveLength(1);
    world.update(id, { trial_end: at('2026-05-01') });
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', trialEnd: at('2026-05-01'), billingCycleAnchor: at('2026-05-01') });
    expect(period(world, id)).toEqual(['2026-04-01', '2026-05-01']);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.told('customer.subscription.trial_will_end')).toHaveLength(2);
    expect(world.invoices().map(({ total }) => total)).toEqual([0, 1000]);
  });

  test('that starts in a paid period credits that period', () => {
    const { world, id } = april();
    world.advance('2026-04-16');
    world.update(id, { trial_end: at('2026-05-16') });
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', trialEnd: at('2026-05-16') });
    expect(waiting(world)).toEqual([-500]);
    world.advance('2026-05-16T01:00:00Z');
    expect(world.last()).toMatchObject({ total: 500, status: 'paid' });
    expect(world.subscription(id).status).toBe('active');
  });

  test('with changed items costs nothing', () => {
    const { world, id, si } = april({ trial_period_days: 14 });
    world.advance('2026-04-05');
    world.update(id, to(si, { quantity: 9 }));
    world.update(id, { items: [{ price: 'price_3000' }] });
    expect(waiting(world)).toEqual([]);
    world.advance('2026-04-15T01:00:00Z');
    expect(world.last()).toMatchObject({ total: 12_000, status: 'paid' });
  });
});

describe('a pending change', () => {
  function declined(): { world: World; id: string; si: string } {
    const made = april();
    made.world.advance('2026-04-11');
    made.world.card('chargeCustomerFail');
    return made;
  }
  const pending = { proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' };

  test('is applied at once if it is paid at once', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, { ...to(si), ...pending });
    expect(world.item(id).price).toBe('price_3000');
    expect(world.subscription(id)).toMatchObject({ pendingUpdate: null, status: 'active' });
    expect(world.told('customer.subscription.pending_update_applied')).toHaveLength(1);
  });

  test('changes nothing until it is paid', () => {
    const { world, id, si } = declined();
    world.update(id, { ...to(si), ...pending });
    expect(world.item(id).price).toBe('price_1000');
    expect(world.subscription(id)).toMatchObject({ status: 'active', pendingUpdate: { expires_at: at('2026-04-11T23:00:00Z') } });
    expect(world.ask('subscription', id, 'updateSubscription', to(si, { quantity: 2 }))).toMatchObject({
      code: 'subscription_not_editable',
    });
    world.card('visa');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.item(id).price).toBe('price_3000');
    expect(world.subscription(id).pendingUpdate).toBeNull();
  });

  test('is void after 23 hours', () => {
    const { world, id, si } = declined();
    world.update(id, { ...to(si), ...pending });
    world.by(23 * HOUR);
    expect(world.subscription(id)).toMatchObject({ pendingUpdate: null, status: 'active' });
    expect(world.last().status).toBe('void');
    expect(world.told('customer.subscription.pending_update_expired')).toHaveLength(1);
    expect(waiting(world)).toEqual([]);
    world.advance('2026-05-01');
    expect(world.last().total).toBe(1000);
  });

  test('is void when the period ends earlier', () => {
    const { world, id, si } = april();
    world.advance('2026-04-30T02:00:00Z');
    world.card('chargeCustomerFail');
    world.update(id, { ...to(si), ...pending });
    world.advance('2026-05-01');
    expect(world.subscription(id).pendingUpdate).toBeNull();
    expect(world.item(id).price).toBe('price_1000');
    expect(world.invoices().map(({ status }) => status)).toEqual(['paid', 'void', 'draft']);
  });

  test('is void when its invoice is voided by hand', () => {
    const { world, id, si } = declined();
    world.update(id, { ...to(si), ...pending });
    expect(world.onInvoice(world.last().id, 'voidInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ pendingUpdate: null, status: 'active' });
  });

  test('is void when the subscription is canceled', () => {
    const { world, id, si } = declined();
    world.update(id, { ...to(si), ...pending });
    world.cancel(id);
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', pendingUpdate: null });
    expect(world.last().status).toBe('void');
  });

  test('with error_if_incomplete is refused, and changes nothing', () => {
    const { world, id, si } = declined();
    const before = world.subscription(id);
    const refusal = world.ask('subscription', id, 'updateSubscription', { ...to(si), ...pending, payment_behavior: 'error_if_incomplete' });
    expect(refusal).toMatchObject({ code: 'card_declined' });
    expect(world.item(id).price).toBe('price_1000');
    expect(world.subscription(id)).toEqual({ ...before, defaultPaymentMethod: null, latestInvoice: world.last().id });
    expect(world.last().status).toBe('void');
  });

  test('that restarts the cycle starts it at the time of the request', () => {
    const { world, id, si } = declined();
    world.update(id, { ...to(si), ...pending, billing_cycle_anchor: 'now' });
    world.by(5 * HOUR);
    world.card('visa');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-04-11'));
    expect(period(world, id)).toEqual(['2026-04-11', '2026-05-11']);
  });

  test('leaves the credit that reduced it pending for the next invoice', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, to(si, { quantity: 2 }));
    expect(waiting(world)).toEqual([-667, 1333]);
    world.card('chargeCustomerFail');
    world.update(id, { ...to(si, { quantity: 5 }), ...pending });
    world.by(23 * HOUR);
    expect(world.last().status).toBe('void');
    expect(waiting(world)).toEqual([-667, 1333]);
  });
});

describe('an unpaid change', () => {
  test('takes effect with allow_incomplete, and the subscription is past due', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.card('chargeCustomerFail');
    world.update(id, { ...to(si), proration_behavior: 'always_invoice' });
    expect(world.item(id).price).toBe('price_3000');
    expect(world.subscription(id).status).toBe('past_due');
  });

  test('takes effect with default_incomplete, past due until the payer has confirmed', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, { ...to(si), proration_behavior: 'always_invoice', payment_behavior: 'default_incomplete' });
    expect(world.subscription(id).status).toBe('past_due');
    world.must('payment', world.last().paymentIntent ?? '', 'confirmPayment', { target: 'pm_visa' });
    expect(world.subscription(id).status).toBe('active');
  });
});

describe('paused collection', () => {
  test('with keep_as_draft leaves invoices to be finalized by hand', () => {
    const { world, id } = april();
    world.update(id, { pause_collection: { behavior: 'keep_as_draft' } });
    world.advance('2026-06-02');
    expect(world.invoices().map(({ status }) => status)).toEqual(['paid', 'draft', 'draft']);
    world.update(id, { pause_collection: null });
    world.advance('2026-07-02');
    expect(world.invoices().map(({ status }) => status)).toEqual(['paid', 'draft', 'draft', 'paid']);
    expect(world.subscription(id).status).toBe('active');
  });

  test('with mark_uncollectible marks invoices uncollectible', () => {
    const { world, id } = april();
    world.update(id, { pause_collection: { behavior: 'mark_uncollectible' } });
    world.advance('2026-05-02');
    expect(world.last().status).toBe('uncollectible');
    expect(world.subscription(id).status).toBe('active');
  });

  test('with void charges nothing, and resumes by itself', () => {
    const { world, id } = april();
    world.update(id, { pause_collection: { behavior: 'void', resumes_at: at('2026-05-15') } });
    world.advance('2026-05-02');
    expect(world.last().status).toBe('void');
    world.advance('2026-06-02');
    expect(world.subscription(id).pauseCollection).toBeNull();
    expect(world.last().status).toBe('paid');
  });

  test('does not put pending items on a void invoice', () => {
    const { world, id, si } = april();
    world.update(id, to(si, { quantity: 2 }));
    expect(waiting(world)).toEqual([-1000, 2000]);
  });
});

describe('a pause', () => {
  test('stops periods and invoices, and resuming starts a new cycle when it is paid', () => {
    const { world, id } = april();
    world.advance('2026-04-11');
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-07-11');
    expect(world.invoices()).toHaveLength(1);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.subscription(id)).toMatchObject({ status: 'paused', resumptionInvoice: world.last().id });
    expect(world.last()).toMatchObject({ status: 'open', attempted: false, total: 1000 });
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-07-11'), pausedAt: null });
    expect(period(world, id)).toEqual(['2026-07-11', '2026-08-11']);
  });

  test('continues if nobody pays the resumption in 23 hours', () => {
    const { world, id } = april();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.by(10 * DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    const [, invoice] = world.invoices();
    world.by(23 * HOUR);
    expect(world.rows.get('invoice', invoice?.id ?? '').status).toBe('void');
    expect(world.subscription(id)).toMatchObject({ status: 'paused', resumptionInvoice: null });
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id).status).toBe('active');
  });

  test('ends when the resumption is marked uncollectible', () => {
    const { world, id } = april();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.by(10 * DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.onInvoice(world.last().id, 'markInvoiceUncollectible')).toBeNull();
    expect(world.subscription(id).status).toBe('active');
  });

  test('on the old anchor within a paid period resumes at once', () => {
    const { world, id } = april();
    world.advance('2026-04-11');
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-04-21');
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id }, billing_cycle_anchor: 'unchanged' });
    expect(world.subscription(id).status).toBe('active');
    expect(period(world, id)).toEqual(['2026-04-01', '2026-05-01']);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.invoices().map(({ total }) => total)).toEqual([1000, 1000]);
  });

  test('on the old anchor after a paid period bills the rest of the current one', () => {
    const { world, id } = april();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-06-16');
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id }, billing_cycle_anchor: 'unchanged' });
    expect(world.last().total).toBe(500);
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: start });
    world.advance('2026-07-01T01:00:00Z');
    expect(world.invoices().map(({ total }) => total)).toEqual([1000, 500, 1000]);
  });

  test('on the old anchor after a paid period without proration is free until the next one', () => {
    const { world, id } = april();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-06-16');
    world.must('subscription', id, 'resumeSubscription', {
      path: { subscription: id },
      billing_cycle_anchor: 'unchanged',
      proration_behavior: 'none',
    });
    expect(world.subscription(id).status).toBe('active');
    world.advance('2026-07-01T01:00:00Z');
    expect(world.invoices().map(({ total }) => total)).toEqual([1000, 1000]);
  });

  test('on the old anchor keeps month ends, also when resumed on one', () => {
    const world = new World('2026-01-31');
    world.card('visa');
    const id = world.create();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-04-30');
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id }, billing_cycle_anchor: 'unchanged' });
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-01-31') });
    expect(period(world, id)).toEqual(['2026-04-30', '2026-05-31']);
  });

  test('with pending prorations resumes in the period that is billed, not in theirs', () => {
    const { world, id, si } = april();
    world.advance('2026-04-11');
    world.update(id, to(si, { quantity: 2 }));
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.advance('2026-06-11');
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.last().total).toBe(2000 + 666);
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(period(world, id)).toEqual(['2026-06-11', '2026-07-11']);
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-06-11'));
  });

  test('whose resumption waits for its payment allows changes of items', () => {
    const { world, id, si } = april({ items: [{ price: 'price_1000' }, { price: 'price_3000' }] });
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.by(40 * DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    world.update(id, { items: [{ id: si, deleted: true }, { price: 'price_year' }] });
    expect(waiting(world)).toEqual([]);
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id).status).toBe('active');
    expect(world.items(id)).toHaveLength(2);
  });

  test('can be canceled, which ends it', () => {
    const { world, id } = april();
    world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
    world.cancel(id);
    expect(world.subscription(id).status).toBe('canceled');
    expect(world.ask('subscription', id, 'resumeSubscription', { path: { subscription: id } })).toMatchObject({
      code: 'subscription_not_paused',
    });
  });

  test('is refused for a past due subscription, and a resumption for one that runs', () => {
    const { world, id } = april();
    expect(world.ask('subscription', id, 'resumeSubscription', { path: { subscription: id } })).toMatchObject({
      code: 'subscription_not_paused',
    });
    world.card('chargeCustomerFail');
    world.advance('2026-05-02');
    expect(world.ask('subscription', id, 'pauseSubscription', { path: { subscription: id } })).toMatchObject({
      code: 'subscription_not_editable',
    });
  });
});

describe('an impossible change is refused, with its parameter', () => {
  const items = (...changes: object[]) => ({ items: changes.map((change) => ({ id: 'si_2', ...change })) });
  test.each([
    ['an item that changes twice', items({ quantity: 2 }, { quantity: 3 }), 'items[1][id]'],
    ['the usage of an item that has none', items({ deleted: true, clear_usage: true }), 'items[0][clear_usage]'],
    ['a price that another item has', { items: [{ price: 'price_1000' }] }, 'items[0][price]'],
    ['a trial of more than two years', { trial_end: at('2028-05-01') }, 'trial_end'],
    ['days until due of what is charged', { days_until_due: 3 }, 'days_until_due'],
  ])('%s', (_what, params, param) => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create();
    expect(world.item(id).id).toBe('si_2');
    const refusal = world.ask('subscription', id, 'updateSubscription', { path: { subscription: id }, ...params });
    expect(refusal).toMatchObject({ code: 'parameter_invalid', details: { param } });
    expect(world.item(id)).toMatchObject({ quantity: 1, price: 'price_1000' });
  });
});
