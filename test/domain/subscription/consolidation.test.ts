/** One invoice for the renewals of a day. */
import fc from 'fast-check';
import { detachPaymentMethod } from '../../../domain/customer/payment-methods';
import { at, sum } from '../builders';
import { DAY, HOUR, World } from './world';

function consolidating(start = '2026-01-05T09:00:00Z'): World {
  const world = new World(start);
  const { invoiceSettings } = world.rows.get('customer', 'cus_1');
  world.changeCustomer({ invoiceSettings: { ...invoiceSettings, consolidation: 'same_day' } });
  world.card('visa');
  return world;
}

/** Two subscriptions, of 1000 at nine o'clock and of 3000 at noon. */
function two(world = consolidating(), terms: Record<string, unknown> = {}): { world: World; first: string; second: string } {
  const first = world.create({ items: [{ price: 'price_1000' }], ...terms }, 'sub_first');
  world.by(3 * HOUR);
  const second = world.create({ items: [{ price: 'price_3000' }], ...terms }, 'sub_second');
  return { world, first, second };
}

const shared = (world: World) => world.invoices().filter(({ consolidates }) => consolidates.length > 0);
const statuses = (world: World) => world.rows.all('subscription').map(({ status }) => status);
const billed = (world: World, invoice: string) => world.lines(invoice).map(({ subscription, amount }) => [subscription, amount]);

describe('renewals of one UTC day', () => {
  test('are lines of one invoice, which is charged once, an hour after the day', () => {
    const { world, first, second } = two();
    world.advance('2026-02-05T12:00:00Z');
    const [draft, ...others] = shared(world);
    expect(others).toEqual([]);
    expect(draft).toMatchObject({ status: 'draft', subscription: null, consolidates: [first, second], total: 4000 });
    expect(billed(world, draft?.id ?? '')).toEqual([
      [first, 1000],
      [second, 3000],
    ]);
    expect(world.charged()).toEqual([1000, 3000]);
    world.advance('2026-02-06T00:59:59Z');
    expect(shared(world)[0]?.status).toBe('draft');
    world.advance('2026-02-06T01:00:00Z');
    expect(shared(world)[0]).toMatchObject({ status: 'paid', number: expect.any(String) as string });
    expect(world.charged()).toEqual([1000, 3000, 4000]);
    expect([first, second].map((id) => world.subscription(id).latestInvoice)).toEqual([draft?.id, draft?.id]);
  });

  test('are also together if the account keeps no drafts', () => {
    const world = consolidating();
    world.settings({ invoices: { ...world.rows.get('account', 'acct_1').settings.test.invoices, drafts: 'none' } });
    two(world);
    world.advance('2026-02-07');
    expect(world.charged()).toEqual([1000, 3000, 4000]);
  });

  test('have invoices of their own without the setting, on another day, and on other terms', () => {
    const world = consolidating();
    const { second } = two(world);
    world.create({ items: [{ price: 'price_1000' }], collection_method: 'send_invoice', days_until_due: 5 }, 'sub_sent');
    world.create({ items: [{ price: 'price_1000' }], minimum_commitment: { amount: 500 } }, 'sub_bound');
    world.by(DAY);
    world.create({ items: [{ price: 'price_1000' }] }, 'sub_later');
    world.advance('2026-02-07T02:00:00Z');
    expect(shared(world).map(({ consolidates }) => consolidates)).toEqual([['sub_first', second], ['sub_sent'], ['sub_later']]);
    world.changeCustomer({ invoiceSettings: { ...world.rows.get('customer', 'cus_1').invoiceSettings, consolidation: undefined } });
    world.advance('2026-03-08');
    expect(shared(world)).toHaveLength(3);
  });

  test('charge the payment method that their subscriptions share, also if it is replaced while the invoice waits', () => {
    const { world, first } = two();
    world.rows.put('paymentMethod', { ...world.rows.get('paymentMethod', 'pm_visa'), id: 'pm_other' });
    world.update(first, { default_payment_method: 'pm_other' });
    world.advance('2026-02-05T13:00:00Z');
    expect(shared(world).map(({ consolidates, defaultPaymentMethod }) => [consolidates, defaultPaymentMethod])).toEqual([
      [[first], 'pm_other'],
      [['sub_second'], null],
    ]);
    world.update(first, { default_payment_method: 'pm_visa' });
    expect(shared(world)[0]?.defaultPaymentMethod).toBe('pm_visa');
  });
});

describe('a draft whose payment method is detached while it waits', () => {
  /** Both subscriptions have the card `pm_other`; the customer's default is a visa. The second renewal comes after the card is gone. */
  const detached = () => {
    const { world, first, second } = two();
    world.rows.put('paymentMethod', { ...world.rows.get('paymentMethod', 'pm_visa'), id: 'pm_other' });
    for (const id of [first, second]) world.update(id, { default_payment_method: 'pm_other' });
    world.advance('2026-02-05T10:00:00Z');
    world.byApi((changes) => {
      detachPaymentMethod(changes, 'pm_other');
    });
    return { world, first, second };
  };
  const methods = (world: World) => world.rows.where('charge', ({ amount }) => amount === 4000).map(({ paymentMethod }) => paymentMethod);

  test('still takes the other renewal, and charges the default of the customer', () => {
    const { world, first, second } = detached();
    world.advance('2026-02-06T01:00:00Z');
    expect(shared(world).map(({ consolidates, status }) => [consolidates, status])).toEqual([[[first, second], 'paid']]);
    expect(methods(world)).toEqual(['pm_visa']);
  });

  test('charges the one that its subscription has then', () => {
    const { world, first, second } = detached();
    world.advance('2026-02-05T13:00:00Z');
    world.rows.put('paymentMethod', { ...world.rows.get('paymentMethod', 'pm_visa'), id: 'pm_next' });
    world.update(first, { default_payment_method: 'pm_next' });
    world.advance('2026-02-06T01:00:00Z');
    expect(shared(world).map(({ consolidates, status }) => [consolidates, status])).toEqual([[[first, second], 'paid']]);
    expect(methods(world)).toEqual(['pm_next']);
  });
});

test('is collected also if all its subscriptions are canceled before it is final', () => {
  const { world, first, second } = two();
  world.advance('2026-02-05T13:00:00Z');
  for (const id of [first, second]) world.cancel(id);
  world.advance('2026-03-06T02:00:00Z');
  expect(shared(world).map(({ status, total }) => [status, total])).toEqual([['paid', 4000]]);
  expect(world.charged()).toEqual([1000, 3000, 4000]);
});

describe('a declined invoice of two subscriptions', () => {
  function declined() {
    const { world, ...ids } = two();
    world.card('chargeCustomerFail');
    world.advance('2026-02-06T01:00:00Z');
    return { world, ...ids };
  }

  test('makes both past due with one dunning, and a new card makes both active by one charge', () => {
    const { world } = declined();
    expect(statuses(world)).toEqual(['past_due', 'past_due']);
    expect(world.rows.all('dunning')).toHaveLength(1);
    world.card('visa');
    expect(statuses(world)).toEqual(['active', 'active']);
    expect(world.charged()).toEqual([1000, 3000, 4000]);
  });

  test('ends both with its dunning', () => {
    const { world } = declined();
    world.by(15 * DAY);
    expect(statuses(world)).toEqual(['canceled', 'canceled']);
    expect(world.charged()).toEqual([1000, 3000]);
  });

  test('leaves both active once it is void or paid elsewhere', () => {
    for (const step of ['voidInvoice', 'payInvoice']) {
      const { world } = declined();
      const [invoice] = shared(world);
      expect(world.onInvoice(invoice?.id ?? '', step, { paid_out_of_band: true })).toBeNull();
      expect(statuses(world)).toEqual(['active', 'active']);
    }
  });

  test('is still collected for the other one after one is canceled', () => {
    const { world, first, second } = declined();
    world.cancel(first);
    world.card('visa');
    expect(world.charged()).toEqual([1000, 3000, 4000]);
    expect([first, second].map((id) => world.subscription(id).status)).toEqual(['canceled', 'active']);
  });
});

test('a subscription that is canceled while the draft waits keeps its line, and is on no later invoice', () => {
  const { world, first, second } = two();
  world.advance('2026-02-05T13:00:00Z');
  world.cancel(first);
  world.advance('2026-03-06T02:00:00Z');
  expect(world.charged()).toEqual([1000, 3000, 4000, 3000]);
  expect(shared(world).map(({ consolidates }) => consolidates)).toEqual([[first, second], [second]]);
});

test('an upgrade in the middle credits the line of the shared invoice, on the next one', () => {
  const { world, first } = two();
  world.advance('2026-02-19T09:00:00Z');
  world.update(first, { items: [{ id: world.item(first).id, price: 'price_3000' }] });
  world.advance('2026-03-06T02:00:00Z');
  const [before, after] = shared(world);
  const credit = world.lines(after?.id ?? '').find(({ amount }) => amount < 0);
  // Half of February is left.
  expect(credit).toMatchObject({ amount: -500, subscription: first });
  expect(credit?.prorationDetails?.credited_items).toMatchObject({ invoice: before?.id });
  expect(after?.total).toBe(3000 + 3000 - 500 + 1500);
});

test('usage that is reported while the shared draft waits is on it, each meter for its own subscription', () => {
  const world = consolidating();
  world.metered('price_calls');
  const calls = world.create({ items: [{ price: 'price_calls' }] }, 'sub_calls');
  world.create({ items: [{ price: 'price_3000' }] }, 'sub_flat');
  world.use(100);
  world.advance('2026-02-05T12:00:00Z');
  world.use(50, { at: at('2026-02-04T12:00:00Z') });
  world.advance('2026-02-06T02:00:00Z');
  const [invoice] = shared(world);
  expect(billed(world, invoice?.id ?? '').sort()).toEqual([
    [calls, 300],
    ['sub_flat', 3000],
  ]);
});

/** What was paid, less the credit that is left, and what waits to be charged. */
const worth = (world: World): number =>
  sum([
    ...world.charged(),
    world.rows.get('customer', 'cus_1').balance,
    ...world.rows.where('invoice', ({ status }) => status === 'draft').map(({ total }) => total),
  ]);

/** The setting says how many invoices there are. It never says how much is paid. */
test('together or apart, the same is charged for the same subscriptions', () => {
  const subscription = fc.record({
    price: fc.constantFrom('price_1000', 'price_3000', 'price_year'),
    quantity: fc.integer({ min: 1, max: 3 }),
    after: fc.integer({ min: 0, max: 30 * HOUR }),
  });
  const change = fc.record({ of: fc.nat(4), after: fc.integer({ min: HOUR, max: 40 * DAY }), quantity: fc.integer({ min: 0, max: 4 }) });
  const property = fc.property(
    fc.array(subscription, { minLength: 2, maxLength: 5 }),
    fc.array(change, { maxLength: 3 }),
    (subscriptions, changed) => {
      const tell = (world: World): World => {
        subscriptions.forEach(({ price, quantity, after }, index) => {
          world.by(after);
          world.create({ items: [{ price, quantity }] }, `sub_${String(index)}`);
        });
        for (const { of, after, quantity } of changed) {
          world.by(after);
          const id = `sub_${String(of % subscriptions.length)}`;
          if (world.subscription(id).status === 'canceled') continue;
          if (quantity === 0) world.cancel(id);
          else world.update(id, { items: [{ id: world.item(id).id, quantity }] });
        }
        world.by(70 * DAY);
        return world;
      };
      const apart = new World('2026-01-05T09:00:00Z');
      apart.card('visa');
      const [one, other] = [tell(consolidating()), tell(apart)];
      expect(worth(one)).toBe(worth(other));
      expect(one.charged().length).toBeLessThanOrEqual(other.charged().length);
    },
  );
  fc.assert(property, { numRuns: 12 });
});
