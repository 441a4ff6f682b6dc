import fc from 'fast-check';
import { beginAttempt, type Confirmation } from '../../../domain/checkout/attempt';
import { brandingOf } from '../../../domain/checkout/branding';
import { createSession } from '../../../domain/checkout/creation';
import { expireSession } from '../../../domain/checkout/life';
import type { CreateSessionParameters } from '../../../domain/checkout/parameters';
import { createPaymentLink, openPaymentLink, type Visit } from '../../../domain/checkout/payment-links';
import { renewalOf } from '../../../domain/checkout/renewal';
import { reviseSession } from '../../../domain/checkout/revision';
import { subscriptionTerms } from '../../../domain/checkout/terms';
import { BillingError } from '../../../domain/core/errors';
import { discountEnd } from '../../../domain/discount/duration';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { Coupon } from '../../../domain/rows/discount';
import type { CheckoutSession } from '../../../domain/rows/checkout-session';
import type { PaymentLink } from '../../../domain/rows/payment-link';
import { discount, paymentIntent, subscription } from '../../objects/rows';
import { sum } from '../builders';
import { World } from '../subscription/world';

const ORIGIN = 'https://pay.example.com';
const BRANDING = brandingOf({ name: 'Northwind' }, undefined);
const COUPONS = { THIRD: { percentOff: '33.33' }, FIVE: { percentOff: null, amountOff: 555, currency: 'usd' } };

function shop(balance = 0): World {
  const world = new World('2026-01-31');
  world.card('pm_card_visa');
  world.taxes();
  for (const [id, change] of Object.entries(COUPONS)) world.coupon({ id, key: `acct_1/test/${id}`, duration: 'forever', ...change });
  if (balance !== 0) world.balance(balance);
  return world;
}

function open(world: World, params: CreateSessionParameters): CheckoutSession {
  let id = '';
  world.byApi((changes) => {
    id = createSession(changes, { customer: 'cus_1', success_url: 'https://shop.example.com', ...params }, ORIGIN).id;
  });
  return world.rows.get('checkoutSession', id);
}

const refusedOn = (world: World, work: (changes: ChangeSet) => void): string | null => {
  try {
    work(world.trial());
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error.code;
    throw error;
  }
};

const offer = fc.record({
  balance: fc.integer({ min: -9000, max: 9000 }),
  months: fc.integer({ min: 0, max: 4 }),
  once: fc.integer({ min: 0, max: 4 }),
  coupon: fc.option(fc.constantFrom(...Object.keys(COUPONS))),
  rates: fc.subarray(['txr_ex', 'txr_in']),
});

test('what a session shows is what its subscription bills: line by line, in total, and due after the balance', () => {
  fc.assert(
    fc.property(offer, ({ balance, months, once, coupon, rates }) => {
      const world = shop(balance);
      const session = open(world, {
        mode: 'subscription',
        line_items: [
          { price: 'price_once', quantity: once, tax_rates: rates },
          { price: 'price_1000', quantity: months + 1, tax_rates: rates },
        ],
        ...(coupon === null ? {} : { discounts: [{ coupon }] }),
      });
      const { latestInvoice } = world.rows.get('subscription', world.create({ ...subscriptionTerms(session, 'cus_1') }));
      const invoice = world.rows.get('invoice', String(latestInvoice));
      const { subtotal, total, due } = session.amounts;
      expect([subtotal, total, due]).toEqual([invoice.subtotal, invoice.total, invoice.amountDue]);
      expect(sum(session.lineItems.map((line) => line.total))).toBe(total);
    }),
    { numRuns: 40 },
  );
});

test('what the page says of renewals is what they cost: with which discount, until when, and from when in full', () => {
  const terms = fc.record({
    trial: fc.option(fc.integer({ min: 2, max: 40 })),
    setup: fc.boolean(),
    // The customer has had the discount since before the session.
    isOwn: fc.boolean(),
    coupon: fc.constantFrom<Partial<Coupon>>(
      { duration: 'once' },
      { duration: 'forever' },
      { duration: 'repeating', durationInMonths: 1 },
      { duration: 'repeating', durationInMonths: 3 },
    ),
  });
  fc.assert(
    fc.property(terms, ({ trial, setup, isOwn, coupon }) => {
      const world = shop();
      world.coupon({ id: 'OFF', key: 'acct_1/test/OFF', percentOff: '20', ...coupon });
      if (isOwn) {
        const of = { coupon: 'acct_1/test/OFF', customer: 'cus_1', subscription: null, startsAt: world.now };
        const endsAt = discountEnd(world.rows.get('coupon', 'acct_1/test/OFF'), world.now);
        world.rows.put('discount', discount({ id: 'di_own', deleted: false, ...of, endsAt }));
        world.changeCustomer({ discount: 'di_own' });
      }
      const session = open(world, {
        mode: 'subscription',
        line_items: [{ price: 'price_1000', quantity: 1 }, ...(setup ? [{ price: 'price_once', quantity: 1 }] : [])],
        ...(isOwn ? {} : { discounts: [{ coupon: 'OFF' }] }),
        ...(trial === null ? {} : { subscription_data: { trial_period_days: trial } }),
      });
      const said = renewalOf(session, world.rows, world.now);
      if (said === null) throw new Error('nothing renews');
      world.create({
        ...subscriptionTerms(session, 'cus_1'),
        default_payment_method: 'pm_pm_card_visa',
        payment_behavior: 'allow_incomplete',
      });
      for (let month = 0; month < 6; month++) world.by(31 * 86_400);
      const renewals = world.invoices().filter(({ billingReason }) => billingReason === 'subscription_cycle');
      const billed = renewals.flatMap(({ id, total }) =>
        world.lines(id).map(({ periodStart, periodEnd }) => ({ periodStart, periodEnd, total })),
      );
      expect(billed.length).toBeGreaterThan(3);
      expect(Math.min(...billed.map(({ periodStart }) => periodStart))).toBe(said.from);
      const { reduced, amount } = said;
      for (const { periodEnd, total } of billed) expect(total).toBe(reduced && periodEnd <= reduced.until ? reduced.amount : amount);
    }),
    { numRuns: 40 },
  );
});

test('a sale costs the sum of its lines, whatever the balance of the customer', () => {
  fc.assert(
    fc.property(offer, ({ balance, once, coupon, rates }) => {
      const session = open(shop(balance), {
        mode: 'payment',
        line_items: [{ price: 'price_once', quantity: once + 1, tax_rates: rates }],
        ...(coupon === null ? {} : { discounts: [{ coupon }] }),
      });
      const { subtotal, total, due } = session.amounts;
      expect([subtotal, due]).toEqual([500 * (once + 1), total]);
      expect(sum(session.lineItems.map((line) => line.total))).toBe(total);
    }),
    { numRuns: 40 },
  );
});

const card: Confirmation = {
  method: { existing: 'pm_pm_card_visa' },
  details: {},
  answers: null,
  takenByOthers: 0,
  subscribed: 'no',
  consents: { withdrawal: false, renewal: false },
  expectedAmount: null,
  attempt: null,
};

test.each(['processing', 'succeeded', 'requires_capture'] as const)(
  'while a payment is %s, its session is not confirmed again, changed or expired',
  (status) => {
    const world = shop();
    const session = open(world, { mode: 'payment', line_items: [{ price: 'price_once', quantity: 1 }] });
    expect(refusedOn(world, (changes) => expireSession(changes, session.id))).toBeNull();
    world.rows.put('paymentIntent', paymentIntent({ status, invoice: null, amount: 500, checkoutSession: session.id }));
    world.rows.put('checkoutSession', { ...session, paymentIntent: 'pi_1', attempts: 1 });
    expect(refusedOn(world, (changes) => beginAttempt(changes, session.id, card))).toBe('payment_attempt_in_progress');
    expect(refusedOn(world, (changes) => reviseSession(changes, session.id, {}))).toBe('checkout_session_unexpected_state');
    expect(refusedOn(world, (changes) => expireSession(changes, session.id))).toBe('checkout_session_unexpected_state');
  },
);

test('a subscription that is paid is not begun again under other terms', () => {
  const world = shop();
  const session = open(world, { mode: 'subscription', line_items: [{ price: 'price_1000', quantity: 1 }] });
  world.rows.put('subscription', subscription({ id: 'sub_paid', status: 'active', checkoutSession: session.id }));
  world.rows.put('checkoutSession', { ...session, subscription: 'sub_paid', offer: 'other terms', attempts: 1 });
  expect(refusedOn(world, (changes) => beginAttempt(changes, session.id, card))).toBe('payment_attempt_in_progress');
});

const VISIT: Visit = {
  customer: null,
  email: null,
  isEmailLocked: false,
  locale: null,
  clientReferenceId: null,
  promotionCode: null,
  seen: null,
};

function linkOf(world: World, line: NonNullable<CreateSessionParameters['line_items']>[number]): PaymentLink {
  world.byApi((changes) => {
    createPaymentLink(changes, { mode: 'payment', line_items: [line] }, ORIGIN);
  });
  return world.rows.all('paymentLink').at(-1) as PaymentLink;
}

test('a link sells a price that it describes, and no price that was archived', () => {
  const world = shop();
  const described = linkOf(world, {
    price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Pen' } },
    quantity: 2,
    adjustable_quantity: { enabled: true, maximum: 3 },
  });
  const changes = world.trial();
  openPaymentLink(changes, described.id, { origin: ORIGIN, visit: VISIT, branding: BRANDING });
  const [line] = changes.rows.all('checkoutSession').at(-1)?.lineItems ?? [];
  expect(line).toMatchObject({ description: 'Pen', quantity: 2, total: 1400, adjustable: { maximum: 3 } });
  expect(line?.id).not.toBe(described.lineItems[0]?.id);

  const named = linkOf(world, { price: 'price_once', quantity: 1 });
  world.rows.put('price', { ...world.rows.get('price', 'price_once'), active: false });
  expect(refusedOn(world, (set) => openPaymentLink(set, named.id, { origin: ORIGIN, visit: VISIT, branding: BRANDING }))).toBe(
    'parameter_invalid',
  );
});
