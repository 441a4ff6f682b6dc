import { DAY, HOUR, World } from '../subscription/world';

/** A customer with a card that works, and 700 that wait for an invoice. */
function customer(card = 'visa'): World {
  const world = new World('2026-04-01');
  world.card(card);
  world.pending(700);
  return world;
}
const GONE = { code: 'resource_missing', details: { param: 'customer' } };

describe('a deleted customer is never charged', () => {
  test('by the finalization of a draft that is due', () => {
    const world = customer();
    const invoice = world.manual({ auto_advance: true });
    world.deleteCustomer();
    world.by(2 * DAY);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'draft', autoAdvance: false, automaticallyFinalizesAt: null });
    expect(world.charged()).toEqual([]);
  });

  test('by `invoices.pay`, of a draft or an open invoice', () => {
    for (const first of [[], ['finalizeInvoice']]) {
      const world = customer();
      const invoice = world.manual();
      for (const step of first) expect(world.onInvoice(invoice, step)).toBeNull();
      world.deleteCustomer();
      expect(world.onInvoice(invoice, 'payInvoice', { payment_method: 'pm_visa' })).toMatchObject(GONE);
      expect(world.charged()).toEqual([]);
    }
  });

  test('but a payment outside of Dunlin is recorded', () => {
    const world = customer();
    const invoice = world.manual();
    expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
    world.deleteCustomer();
    expect(world.onInvoice(invoice, 'payInvoice', { paid_out_of_band: true })).toBeNull();
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'paid', paidOutOfBand: true });
  });

  test('by a 3-D Secure authentication that ends later', () => {
    const world = customer('authenticationRequired');
    world.create();
    const intent = world.last().paymentIntent ?? '';
    expect(world.rows.get('paymentIntent', intent).status).toBe('requires_action');
    world.deleteCustomer();
    expect(world.ask('payment', intent, 'finishAuthentication', { result: 'succeeded' })).toMatchObject(GONE);
    expect(world.charged()).toEqual([]);
  });

  test('by an intent that is confirmed', () => {
    const world = customer();
    world.create({ payment_behavior: 'default_incomplete' });
    const intent = world.last().paymentIntent ?? '';
    world.deleteCustomer();
    expect(world.ask('payment', intent, 'confirmPayment', { target: 'pm_visa' })).toMatchObject(GONE);
    expect(world.charged()).toEqual([]);
  });

  test('by the dunning of an invoice that was declined', () => {
    const world = customer('chargeCustomerFail');
    const invoice = world.manual({ auto_advance: true });
    world.by(2 * HOUR);
    expect(world.rows.get('dunning', invoice).status).toBe('running');
    world.deleteCustomer();
    world.by(60 * DAY);
    expect(world.rows.get('dunning', invoice).status).toBe('stopped');
    expect(world.rows.where('charge', () => true)).toHaveLength(1);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'open', autoAdvance: false, nextPaymentAttempt: null });
  });

  test('and keeps no card', () => {
    const world = customer();
    world.deleteCustomer();
    expect(world.rows.all('paymentMethod').map((method) => method.customer)).toEqual([null]);
    expect(world.rows.get('customer', 'cus_1').invoiceSettings.default_payment_method).toBeNull();
    expect(world.told('payment_method.detached')).toHaveLength(1);
  });
});
