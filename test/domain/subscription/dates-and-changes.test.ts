import { at } from '../builders';
import { DAY, HOUR, World } from './world';

function withCard(start = '2026-04-01'): World {
  const world = new World(start);
  world.card('visa');
  return world;
}
const sent = { collection_method: 'send_invoice' };

describe('a due date', () => {
  test('that was set explicitly stays, however long the invoice is a draft', () => {
    const world = withCard();
    world.pending(700);
    const invoice = world.manual({ ...sent, due_date: at('2026-04-20') });
    world.by(3 * DAY);
    expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
    expect(world.rows.get('invoice', invoice).dueDate).toBe(at('2026-04-20'));
  });

  test('in days counts from the invoice’s creation, also when the days change later', () => {
    const world = withCard();
    world.pending(700);
    const invoice = world.manual({ ...sent, days_until_due: 10 });
    world.by(3 * DAY);
    expect(world.onInvoice(invoice, 'updateInvoice', { days_until_due: 20 })).toBeNull();
    expect(world.rows.get('invoice', invoice).dueDate).toBe(at('2026-04-21'));
    expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
    expect(world.rows.get('invoice', invoice).dueDate).toBe(at('2026-04-21'));
  });

  test('is removed if the draft is charged automatically, and required if it is sent', () => {
    const world = withCard();
    world.pending(700);
    const invoice = world.manual({ ...sent, days_until_due: 10 });
    expect(world.onInvoice(invoice, 'updateInvoice', { collection_method: 'charge_automatically' })).toBeNull();
    expect(world.rows.get('invoice', invoice).dueDate).toBeNull();
    expect(world.onInvoice(invoice, 'updateInvoice', { due_date: at('2026-05-01') })).toMatchObject({ details: { param: 'due_date' } });
    expect(world.onInvoice(invoice, 'updateInvoice', sent)).toMatchObject({ details: { param: 'days_until_due' } });
  });

  test.each([
    ['due_date', 0],
    ['due_date', at('2026-04-01')],
    ['due_date', at('2036-04-02')],
    ['due_date', 253_370_764_800],
    ['automatically_finalizes_at', at('2026-03-31')],
    ['automatically_finalizes_at', at('2031-04-03')],
  ])('and the finalization time must lie in the future, within years: %s=%d is refused, and changes nothing', (param, time) => {
    const world = withCard();
    world.pending(700);
    const asked = { ...sent, ...(param === 'due_date' ? {} : { days_until_due: 10 }), [param]: time };
    const made = { customer: 'cus_1', currency: 'usd', pending_invoice_items_behavior: 'include', ...asked };
    expect(world.ask('invoice', 'in_refused', 'createInvoice', made)).toMatchObject({ details: { param } });
    const invoice = world.manual({ ...sent, days_until_due: 10 });
    const before = world.rows.get('invoice', invoice);
    expect(world.onInvoice(invoice, 'updateInvoice', { [param]: time })).toMatchObject({ details: { param } });
    expect(world.rows.get('invoice', invoice)).toEqual(before);
    expect(world.invoices()).toHaveLength(1);
  });

  test('of a subscription’s invoice counts days from its creation', () => {
    const world = withCard();
    world.create({ ...sent, days_until_due: 10 });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ status: 'open', dueDate: at('2026-04-11') });
  });
});

test('without proration, the time from a trial to the anchor is free: 3100 from the anchor', () => {
  const world = withCard('2026-02-01');
  world.price(3100, { id: 'price_3100' });
  const times = { trial_end: at('2026-03-01'), billing_cycle_anchor: at('2026-03-10') };
  const id = world.create({ items: [{ price: 'price_3100' }], ...times, proration_behavior: 'none' });
  world.advance('2026-03-02');
  expect(world.subscription(id).status).toBe('active');
  expect(world.charged()).toEqual([]);
  expect(world.item(id).currentPeriodEnd).toBe(at('2026-03-10'));
  world.advance('2026-03-10T02:00:00Z');
  expect(world.charged()).toEqual([3100]);
  const other = world.create({ items: [{ price: 'price_3100' }], trial_end: at('2026-04-01'), billing_cycle_anchor: at('2026-04-10') });
  world.advance('2026-04-02');
  expect(world.charged()).toEqual([3100, 900]);
  expect(other).not.toBe(id);
});

describe('a change', () => {
  test('that restarts the cycle cannot be backdated', () => {
    const world = withCard();
    const id = world.create();
    world.by(10 * DAY);
    const refusal = world.ask('subscription', id, 'updateSubscription', {
      path: { subscription: id },
      billing_cycle_anchor: 'now',
      proration_date: world.now - DAY,
    });
    expect(refusal).toMatchObject({ code: 'parameter_invalid', details: { param: 'proration_date' } });
  });

  test('rounds each line once: 10.5 to 20.5 at half time is -5 and 10', () => {
    const world = withCard();
    for (const decimal of ['10.5', '20.5'])
      world.priced(`price_${decimal}`, {
        unitAmount: null,
        unitAmountDecimal: decimal,
        recurring: world.rows.get('price', 'price_1000').recurring,
      });
    const id = world.create({ items: [{ price: 'price_10.5' }], billing_mode: { type: 'classic' } });
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_20.5' }] });
    expect(world.rows.where('invoiceItem', ({ invoice }) => invoice === null).map(({ amount }) => amount)).toEqual([-5, 10]);
  });

  test('in flexible billing mode cannot clear usage', () => {
    const world = withCard();
    world.metered('price_calls');
    const id = world.create({ items: [{ price: 'price_1000' }, { price: 'price_calls' }] });
    world.use(50);
    const items = [{ id: world.items(id)[1]?.id, deleted: true, clear_usage: true }];
    const refusal = world.ask('subscription', id, 'updateSubscription', { path: { subscription: id }, items });
    expect(refusal).toMatchObject({ details: { param: 'items[0][clear_usage]' } });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last().total).toBe(1100);
  });
});
