import { at, isoOf } from '../builders';
import { DAY, HOUR, World } from './world';

const periods = (world: World, id: string) => world.items(id).map((item) => [isoOf(item.currentPeriodStart), isoOf(item.currentPeriodEnd)]);
const amounts = (world: World, invoice: string) => world.lines(invoice).map(({ amount }) => amount);

test('a customer with a card is charged the whole first period, and the subscription is active', () => {
  const world = new World('2026-01-31');
  world.card('visa');
  const id = world.create({ items: [{ price: 'price_1000', quantity: 3 }] });
  expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-01-31'), latestInvoice: world.last().id });
  expect(world.last()).toMatchObject({ status: 'paid', billingReason: 'subscription_create', amountPaid: 3000, attemptCount: 1 });
  expect(periods(world, id)).toEqual([['2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z']]);
});

test('a month that begins on the 31st is billed at each month end, including 29 February', () => {
  const world = new World('2027-12-31T10:00:00Z');
  world.card('visa');
  world.create();
  world.advance('2028-07-01');
  expect(world.invoices().map(({ created }) => isoOf(created).slice(0, 10))).toEqual([
    '2027-12-31',
    '2028-01-31',
    '2028-02-29',
    '2028-03-31',
    '2028-04-30',
    '2028-05-31',
    '2028-06-30',
  ]);
  expect(world.invoices().every(({ status }) => status === 'paid')).toBe(true);
});

describe('the first payment', () => {
  test('declined with allow_incomplete: incomplete, then expired after 23 hours with a void invoice', () => {
    const world = new World('2026-04-01');
    world.card('chargeCustomerFail');
    const id = world.create({ payment_behavior: 'allow_incomplete' });
    expect(world.subscription(id).status).toBe('incomplete');
    expect(world.last()).toMatchObject({ status: 'open', attempted: true, nextPaymentAttempt: null });
    world.by(23 * HOUR - 1);
    expect(world.subscription(id).status).toBe('incomplete');
    world.by(1);
    expect(world.subscription(id)).toMatchObject({ status: 'incomplete_expired', endedAt: world.now });
    expect(world.last().status).toBe('void');
    world.by(90 * DAY);
    expect(world.invoices()).toHaveLength(1);
  });

  test('paid with another card within 23 hours: active, with the anchor of its start', () => {
    const world = new World('2026-04-01');
    world.card('chargeCustomerFail');
    const id = world.create();
    world.by(5 * HOUR);
    world.card('visa');
    expect(world.subscription(id).status).toBe('incomplete');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-04-01') });
  });

  test('left to the payer with default_incomplete: no charge until somebody confirms it', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create({ payment_behavior: 'default_incomplete' });
    expect(world.subscription(id).status).toBe('incomplete');
    const intent = world.last().paymentIntent ?? '';
    expect(world.rows.get('paymentIntent', intent)).toMatchObject({ status: 'requires_confirmation', attempts: 0, amount: 1000 });
    world.must('payment', intent, 'confirmPayment');
    expect(world.subscription(id).status).toBe('active');
    expect(world.last().status).toBe('paid');
  });

  test('declined with error_if_incomplete: a refusal that leaves nothing', () => {
    const world = new World();
    world.card('chargeCustomerFail');
    expect(
      world.ask('subscription', 'sub_x', 'createSubscription', {
        customer: 'cus_1',
        items: [{ price: 'price_1000' }],
        payment_behavior: 'error_if_incomplete',
      }),
    ).toMatchObject({
      code: 'card_declined',
    });
    for (const kind of ['subscription', 'subscriptionItem', 'invoice', 'invoiceLineItem', 'invoicePayment'] as const)
      expect(world.rows.all(kind)).toEqual([]);
    expect(world.told().filter((type) => type.startsWith('customer.subscription') || type.startsWith('invoice'))).toEqual([]);
    expect(world.told('charge.failed')).toHaveLength(1);
  });

  test('declined with error_if_incomplete: a redeemed coupon can be redeemed again', () => {
    const world = new World();
    world.card('chargeCustomerFail');
    world.coupon({ maxRedemptions: 1, timesRedeemed: 0 });
    const params = {
      customer: 'cus_1',
      items: [{ price: 'price_1000' }],
      payment_behavior: 'error_if_incomplete',
      discounts: [{ coupon: 'SPRING' }],
    };
    expect(world.ask('subscription', 'sub_x', 'createSubscription', params)).not.toBeNull();
    expect(world.rows.all('coupon')[0]?.timesRedeemed).toBe(0);
    expect(world.rows.all('discount')).toEqual([]);
  });

  test('accepted with error_if_incomplete: like any other start', () => {
    const world = new World();
    world.card('visa');
    const id = world.create({ payment_behavior: 'error_if_incomplete' });
    expect(world.subscription(id)).toMatchObject({ status: 'active', hidden: false });
    expect(world.last()).toMatchObject({ status: 'paid', hidden: false, amountPaid: 1000 });
    expect(world.told().filter((type) => /^(invoice|customer.subscription)/.test(type))).toEqual(
      expect.arrayContaining(['invoice.created', 'invoice.finalized', 'invoice.paid', 'customer.subscription.created']),
    );
  });

  test('with error_if_incomplete and a balance: charges only the amount due', () => {
    const world = new World();
    world.balance(-400);
    world.card('visa');
    world.create({ payment_behavior: 'error_if_incomplete' });
    expect(world.last()).toMatchObject({ total: 1000, amountDue: 600, amountPaid: 600 });
    expect(world.rows.get('customer', 'cus_1').balance).toBe(0);
  });

  test('with a lost answer and error_if_incomplete: the caller sees it incomplete, and it becomes active when the payment is known', () => {
    const world = new World();
    world.card('visa');
    world.losesAnswers = true;
    const id = world.create({ payment_behavior: 'error_if_incomplete' });
    expect(world.subscription(id)).toMatchObject({ status: 'active', hidden: false });
    expect(world.last().status).toBe('paid');
  });

  test('with 3-D Secure: incomplete, and active after it', () => {
    const world = new World();
    world.card('authenticationRequired');
    const id = world.create();
    expect(world.subscription(id).status).toBe('incomplete');
    const intent = world.last().paymentIntent ?? '';
    expect(world.rows.get('paymentIntent', intent).status).toBe('requires_action');
    world.must('payment', intent, 'finishAuthentication', { result: 'succeeded' });
    expect(world.subscription(id).status).toBe('active');
    expect(world.last()).toMatchObject({ status: 'paid', attemptCount: 1 });
  });

  test('without a payment method: refused, unless nothing is due or the payer confirms later', () => {
    const world = new World();
    expect(() => world.create()).toThrow('customer_missing_payment_method');
    expect(world.subscription(world.create({ items: [{ price: 'price_free' }] })).status).toBe('active');
    expect(world.subscription(world.create({ payment_behavior: 'default_incomplete' })).status).toBe('incomplete');
  });

  test('with save_default_payment_method: its card pays renewals', () => {
    const world = new World();
    world.card('visa');
    const id = world.create({ payment_settings: { save_default_payment_method: 'on_subscription' } });
    expect(world.subscription(id).defaultPaymentMethod).toBe('pm_visa');
  });
});

describe('a first invoice with send_invoice', () => {
  test('is a draft for an hour, then due after its days; the subscription is active at once', () => {
    const world = new World('2026-04-01');
    const id = world.create({ collection_method: 'send_invoice', days_until_due: 10 });
    expect(world.subscription(id).status).toBe('active');
    expect(world.last()).toMatchObject({ status: 'draft', automaticallyFinalizesAt: at('2026-04-01T01:00:00Z') });
    world.by(HOUR);
    expect(world.last()).toMatchObject({ status: 'open', dueDate: at('2026-04-11') });
  });

  test('makes the subscription past due if it is unpaid on its due date, and active again when it is paid', () => {
    const world = new World('2026-04-01');
    const id = world.create({ collection_method: 'send_invoice', days_until_due: 10 });
    world.advance('2026-04-10T23:59:59Z');
    expect(world.subscription(id).status).toBe('active');
    world.by(1);
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.told('invoice.overdue')).toHaveLength(1);
    expect(world.onInvoice(world.last().id, 'payInvoice', { paid_out_of_band: true })).toBeNull();
    expect(world.subscription(id).status).toBe('active');
  });
});

describe('a trial', () => {
  test('the cardholder’s statement says of the first charge, and of no other, that the trial is over', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.metered('price_calls');
    const statements = (): (string | null)[] => world.rows.all('charge').map((charge) => charge.statementDescriptorSuffix);
    world.create({ items: [{ price: 'price_1000' }, { price: 'price_calls' }], trial_period_days: 14 });
    world.advance('2026-04-20');
    world.use(100);
    world.advance('2026-07-01');
    expect(statements()).toEqual(['TRIAL OVER', null, null]);
    world.create();
    expect(statements()).toEqual(['TRIAL OVER', null, null, null]);
  });

  test('usage alone is charged after its first period, and then the trial is over', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.metered('price_calls');
    world.create({ items: [{ price: 'price_calls' }], trial_period_days: 14 });
    for (const day of ['2026-04-20', '2026-05-20']) {
      world.advance(day);
      world.use(100);
    }
    world.advance('2026-07-01');
    expect(world.rows.all('charge').map(({ amount, statementDescriptorSuffix }) => [amount, statementDescriptorSuffix])).toEqual([
      [200, 'TRIAL OVER'],
      [200, null],
    ]);
  });

  test('costs nothing, is announced three days before its end, and is followed by the first paid period', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create({ trial_period_days: 14 });
    expect(world.subscription(id)).toMatchObject({
      status: 'trialing',
      trialStart: at('2026-04-01'),
      trialEnd: at('2026-04-15'),
      billingCycleAnchor: at('2026-04-15'),
    });
    expect(world.last()).toMatchObject({ status: 'paid', total: 0 });
    expect(periods(world, id)).toEqual([['2026-04-01T00:00:00Z', '2026-04-15T00:00:00Z']]);
    world.advance('2026-04-11T23:59:59Z');
    expect(world.told('customer.subscription.trial_will_end')).toHaveLength(0);
    world.advance('2026-04-12');
    expect(world.told('customer.subscription.trial_will_end')).toHaveLength(1);
    world.advance('2026-04-15T01:00:00Z');
    expect(world.subscription(id).status).toBe('active');
    expect(world.last()).toMatchObject({ status: 'paid', total: 1000, billingReason: 'subscription_cycle' });
    expect(periods(world, id)).toEqual([['2026-04-15T00:00:00Z', '2026-05-15T00:00:00Z']]);
  });

  test('of less than three days is announced at once', () => {
    const world = new World('2026-04-01');
    world.create({ trial_period_days: 2 });
    expect(world.told('customer.subscription.trial_will_end')).toHaveLength(1);
  });

  test('that ends unpaid makes the subscription past due', () => {
    const world = new World('2026-04-01');
    world.card('chargeCustomerFail');
    const id = world.create({ trial_period_days: 14 });
    world.advance('2026-04-15T01:00:00Z');
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.last().nextPaymentAttempt).toBe(at('2026-04-16T01:00:00Z'));
  });

  const without = (behavior: string) => ({ trial_period_days: 14, trial_settings: { end_behavior: { missing_payment_method: behavior } } });

  test('without a payment method cancels the subscription at its end if missing_payment_method is cancel', () => {
    const world = new World('2026-04-01');
    const id = world.create(without('cancel'));
    world.advance('2026-04-15');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-04-15') });
    expect(world.invoices()).toHaveLength(1);
  });

  test('without a payment method pauses the subscription if missing_payment_method is pause, and a card resumes it', () => {
    const world = new World('2026-04-01');
    const id = world.create(without('pause'));
    world.advance('2026-06-01');
    expect(world.subscription(id).status).toBe('paused');
    expect(world.invoices()).toHaveLength(1);
    expect(world.told('customer.subscription.paused')).toHaveLength(1);
    world.card('visa');
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    expect(world.subscription(id).status).toBe('paused');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'active', billingCycleAnchor: at('2026-06-01'), resumptionInvoice: null });
    expect(periods(world, id)).toEqual([['2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z']]);
    world.advance('2026-07-01T01:00:00Z');
    expect(world.last()).toMatchObject({ status: 'paid', amountPaid: 1000 });
  });

  test('without a payment method is invoiced if missing_payment_method is create_invoice: past due, and every retry is skipped', () => {
    const world = new World('2026-04-01');
    const id = world.create(without('create_invoice'));
    world.advance('2026-04-15T01:00:00Z');
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.last()).toMatchObject({ status: 'open', attempted: true });
  });

  test('with a card that was added in time is billed, whatever missing_payment_method says', () => {
    const world = new World('2026-04-01');
    const id = world.create(without('cancel'));
    world.advance('2026-04-10');
    world.card('visa');
    world.advance('2026-04-16');
    expect(world.subscription(id).status).toBe('active');
    expect(world.last()).toMatchObject({ status: 'paid', amountPaid: 1000 });
  });

  test('bills add_invoice_items at once', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create({ trial_period_days: 14, add_invoice_items: [{ price: 'price_once' }] });
    expect(world.last()).toMatchObject({ status: 'paid', total: 500, amountPaid: 500 });
    expect(world.subscription(id).status).toBe('trialing');
  });

  test('with an amount due at its start begins when that is paid', () => {
    const world = new World('2026-04-01');
    world.card('chargeCustomerFail');
    const id = world.create({ trial_period_days: 14, add_invoice_items: [{ price: 'price_once' }] });
    expect(world.subscription(id).status).toBe('incomplete');
    world.card('visa');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', trialEnd: at('2026-04-15') });
  });

  test('with an amount due that is declined with error_if_incomplete leaves nothing', () => {
    const world = new World('2026-04-01');
    world.card('chargeCustomerFail');
    const params = { trial_period_days: 14, add_invoice_items: [{ price: 'price_once' }], payment_behavior: 'error_if_incomplete' };
    expect(() => world.create(params)).toThrow('card_declined');
    expect(world.rows.all('subscription')).toEqual([]);
  });

  test('with nothing due and error_if_incomplete begins like any other', () => {
    const world = new World('2026-04-01');
    const id = world.create({ trial_period_days: 14, payment_behavior: 'error_if_incomplete' });
    expect(world.subscription(id)).toMatchObject({ status: 'trialing', hidden: false });
    expect(world.told('customer.subscription.created')).toHaveLength(1);
    expect(world.told('invoice.created')).toHaveLength(1);
  });
});

describe('anchors', () => {
  test('in the future: a part until then, and whole months from there', () => {
    const world = new World('2026-04-16');
    world.card('visa');
    const id = world.create({ billing_cycle_anchor: at('2026-05-01') });
    expect(amounts(world, world.last().id)).toEqual([500]);
    world.advance('2026-05-01T01:00:00Z');
    expect(world.last()).toMatchObject({ total: 1000, status: 'paid' });
    expect(periods(world, id)).toEqual([['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z']]);
  });

  test('in the future without proration: free until then', () => {
    const world = new World('2026-04-16');
    world.card('visa');
    world.create({ billing_cycle_anchor: at('2026-05-01'), proration_behavior: 'none' });
    expect(world.last()).toMatchObject({ total: 0, status: 'paid' });
  });

  test('too far in the future, or in the past, are refused', () => {
    const world = new World('2026-04-16');
    expect(() => world.create({ billing_cycle_anchor: at('2026-05-17') })).toThrow('parameter_invalid');
    expect(() => world.create({ billing_cycle_anchor: at('2026-04-15') })).toThrow('parameter_invalid');
  });

  test('on the 31st by billing_cycle_anchor_config: every month end', () => {
    const world = new World('2026-02-10');
    world.card('visa');
    world.create({ billing_cycle_anchor_config: { day_of_month: 31, hour: 0, minute: 0, second: 0, month: null } });
    world.advance('2026-06-01');
    expect(world.invoices().map(({ created }) => isoOf(created).slice(0, 10))).toEqual([
      '2026-02-10',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
  });

  test('in the past: the time since then is billed with the first period', () => {
    const world = new World('2026-04-16');
    world.card('visa');
    const id = world.create({ backdate_start_date: at('2026-02-01') });
    expect(amounts(world, world.last().id)).toEqual([1000, 1000, 1000]);
    expect(world.subscription(id)).toMatchObject({ startDate: at('2026-02-01'), billingCycleAnchor: at('2026-02-01') });
    expect(periods(world, id)).toEqual([['2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z']]);
  });

  test('in the past without prorations: earlier time is not billed, and the cycle begins now', () => {
    const world = new World('2026-04-16');
    world.card('visa');
    const id = world.create({ backdate_start_date: at('2026-02-01'), proration_behavior: 'none' });
    expect(amounts(world, world.last().id)).toEqual([1000]);
    expect(world.subscription(id)).toMatchObject({ startDate: at('2026-02-01'), billingCycleAnchor: at('2026-04-16') });
    expect(periods(world, id)).toEqual([['2026-04-16T00:00:00Z', '2026-05-16T00:00:00Z']]);
  });

  test('in the past with an anchor in the future: whole months back from the anchor, and a part before them', () => {
    const world = new World('2026-04-16');
    world.card('visa');
    const id = world.create({ backdate_start_date: at('2026-03-16'), billing_cycle_anchor: at('2026-05-01') });
    expect(amounts(world, world.last().id)).toEqual([516, 1000]);
    expect(periods(world, id)).toEqual([['2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z']]);
    expect(world.subscription(id).billingCycleAnchor).toBe(at('2026-05-01'));
  });
});

describe('coupons', () => {
  test('for one invoice reduce only the first', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.coupon({ percentOff: '25', duration: 'once', durationInMonths: null });
    world.create({ discounts: [{ coupon: 'SPRING' }] });
    world.advance('2026-06-02');
    expect(world.invoices().map(({ total }) => total)).toEqual([750, 1000, 1000]);
  });

  test('for two months reduce the invoices of two months', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.coupon({ percentOff: '25', duration: 'repeating', durationInMonths: 2 });
    world.create({ discounts: [{ coupon: 'SPRING' }] });
    world.advance('2026-07-02');
    expect(world.invoices().map(({ total }) => total)).toEqual([750, 750, 1000, 1000]);
  });

  test('for ever reduce every invoice, until the discount is removed', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.coupon({ percentOff: '100', duration: 'forever', durationInMonths: null });
    const id = world.create({ discounts: [{ coupon: 'SPRING' }] });
    world.advance('2026-05-02');
    world.must('subscription', id, 'deleteDiscount');
    world.advance('2026-06-02');
    expect(world.invoices().map(({ total, status }) => [total, status])).toEqual([
      [0, 'paid'],
      [0, 'paid'],
      [1000, 'paid'],
    ]);
    expect(world.told('customer.discount.deleted')).toHaveLength(1);
  });
});

describe('refused requests', () => {
  test.each([
    ['a price that is not recurring', { items: [{ price: 'price_once' }] }, 'parameter_invalid'],
    ['a price that is not there', { items: [{ price: 'price_none' }] }, 'resource_missing'],
    ['the same price twice', { items: [{ price: 'price_1000' }, { price: 'price_1000' }] }, 'parameter_invalid'],
    ['a trial that has ended', { trial_end: at('2026-01-01') }, 'parameter_invalid'],
    ['a trial of more than two years', { trial_period_days: 731 }, 'parameter_invalid'],
    ['a start in the future', { backdate_start_date: at('2027-01-01') }, 'parameter_invalid'],
    ['an end in the past', { cancel_at: at('2026-03-20') }, 'parameter_invalid'],
    [
      'an anchor that is more than a period away',
      { billing_cycle_anchor_config: { day_of_month: 1, month: 7, hour: null, minute: null, second: null } },
      'parameter_invalid',
    ],
    ['another customer’s card', { default_payment_method: 'pm_other' }, 'resource_missing'],
    ['a coupon that is not there', { discounts: [{ coupon: 'NONE' }] }, 'resource_missing'],
  ])('%s', (_what, params, code) => {
    const world = new World('2026-04-01');
    world.card('visa');
    expect(() => world.create(params)).toThrow(code);
    expect(world.rows.all('subscription')).toEqual([]);
  });
});
