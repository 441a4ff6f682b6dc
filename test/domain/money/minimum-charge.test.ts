import fc from 'fast-check';
import { balanceTowards } from '../../../domain/line/balance';
import { chargeStep } from '../../../domain/money/charge-steps';
import { MAXIMUM_CHARGE, refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { at } from '../builders';
import { World } from '../subscription/world';

/** A customer with a card, who owes what an invoice by hand bills. */
function billed(amount: number, { currency = 'usd', balance = 0 }: { currency?: string; balance?: number } = {}): World {
  const world = new World('2026-04-01');
  world.changeCustomer({ currency });
  world.card('visa');
  if (balance !== 0) world.balance(balance);
  world.pending(amount, { currency });
  const invoice = world.manual({ auto_advance: true, currency });
  expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
  return world;
}
const transactions = (world: World) => world.rows.all('customerBalanceTransaction').map(({ type, amount }) => [type, amount]);
const balance = (world: World) => world.rows.get('customer', 'cus_1').balance;

describe('an amount due below the smallest charge', () => {
  test.each([
    [30, 'usd'],
    [49, 'usd'],
    [49, 'jpy'],
    [29, 'gbp'],
  ])('counts as paid, and goes to the customer’s balance: %d %s', (amount, currency) => {
    const world = billed(amount, { currency });
    expect(world.last()).toMatchObject({ status: 'paid', total: amount, amountDue: 0, amountPaid: 0, endingBalance: amount });
    expect(transactions(world)).toEqual([['invoice_too_small', amount]]);
    expect(balance(world)).toBe(amount);
    expect(world.rows.all('paymentIntent')).toEqual([]);
  });

  test.each([
    [50, 'usd'],
    [50, 'jpy'],
    [30, 'gbp'],
  ])('does not include the smallest charge itself, which is charged: %d %s', (amount, currency) => {
    expect(billed(amount, { currency }).charged()).toEqual([amount]);
  });

  test('also if the balance leaves so little', () => {
    const world = billed(1000, { balance: -990 });
    expect(world.last()).toMatchObject({ status: 'paid', amountDue: 0, startingBalance: -990, endingBalance: 10 });
    expect(transactions(world).slice(1)).toEqual([
      ['applied_to_invoice', 990],
      ['invoice_too_small', 10],
    ]);
    expect(balance(world)).toBe(10);
  });

  test('is added to the next invoice', () => {
    const world = billed(30);
    world.create();
    expect(world.last()).toMatchObject({ total: 1000, amountDue: 1030, startingBalance: 30, endingBalance: 0 });
    expect(world.charged()).toEqual([1030]);
    expect(balance(world)).toBe(0);
  });

  test('of an upgrade: 16 cents', () => {
    const world = new World(at('2026-04-01'));
    world.card('visa');
    world.price(1032, { id: 'price_1032' });
    const id = world.create();
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_1032' }], proration_behavior: 'always_invoice' });
    expect(world.last()).toMatchObject({ status: 'paid', total: 16, amountDue: 0 });
    expect(world.charged()).toEqual([1000]);
    expect(balance(world)).toBe(16);
  });

  test('of a first invoice: the subscription is live', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.price(40, { id: 'price_40' });
    for (const behavior of ['allow_incomplete', 'error_if_incomplete', 'default_incomplete']) {
      const id = world.create({ items: [{ price: 'price_40' }], payment_behavior: behavior });
      expect(world.subscription(id).status).toBe('active');
      if (balance(world) > 0) world.balance(-balance(world));
    }
    expect(world.charged()).toEqual([]);
  });
});

describe('a currency of which not every minor unit can be charged', () => {
  test.each([
    [5124, 'kwd', 5120, 4],
    [5125, 'kwd', 5130, -5],
    [251, 'isk', 300, -49],
    [1249, 'ugx', 1200, 49],
  ])('%d %s is charged as %d, and the customer’s balance has the rest', (amount, currency, charged, rest) => {
    const world = billed(amount, { currency });
    expect(world.charged()).toEqual([charged]);
    expect(world.last()).toMatchObject({ status: 'paid', total: amount, amountDue: charged, endingBalance: rest });
    expect(balance(world)).toBe(rest);
    expect(transactions(world)).toEqual([['applied_to_invoice', rest]]);
  });

  test('less than half a step is not charged at all', () => {
    const world = billed(49, { currency: 'isk' });
    expect(world.last()).toMatchObject({ status: 'paid', amountDue: 0, endingBalance: 49 });
    expect(transactions(world)).toEqual([['invoice_too_small', 49]]);
  });

  test.each([
    [512, 'isk'],
    [5121, 'kwd'],
  ])('a payment of %d %s is refused by its amount', (amount, currency) => {
    expect(() => {
      refuseUnchargeable(amount, currency);
    }).toThrow(/evenly divisible by/);
  });

  test('for every currency, what is due can be charged, and nothing is lost', () => {
    const currencies = fc.constantFrom('usd', 'jpy', 'isk', 'ugx', 'bhd', 'jod', 'kwd', 'omr', 'tnd');
    const amounts = fc.integer({ min: -99_000_000, max: 99_000_000 });
    fc.assert(
      fc.property(currencies, amounts, amounts, (currency, total, start) => {
        const { applied, amountDue, endingBalance } = balanceTowards(total, start, currency);
        expect(amountDue + endingBalance).toBe(total + start);
        expect(start + applied).toBe(endingBalance);
        expect(amountDue % chargeStep(currency)).toBe(0);
        if (amountDue > 0) expect(2 * Math.abs(endingBalance)).toBeLessThanOrEqual(chargeStep(currency));
        if (amountDue > 0 && amountDue <= MAXIMUM_CHARGE) refuseUnchargeable(amountDue, currency);
      }),
    );
  });
});
