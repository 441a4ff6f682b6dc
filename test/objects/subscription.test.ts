import { Rows } from '../../domain/rows/rows';
import type { PendingUpdate, Subscription } from '../../domain/rows/subscription';
import { render } from '../../objects';
import { NOW, price, subscription, subscriptionItem, taxRate } from './rows';

const shown = (change: Partial<Subscription> = {}, items = [subscriptionItem()]) => {
  const rows = new Rows({
    subscription: [subscription(change)],
    subscriptionItem: items,
    price: [price(), price({ id: 'price_2', unitAmount: null, unitAmountDecimal: '0.5' })],
    taxRate: [taxRate()],
  });
  return render('subscription', 'sub_1', rows) as {
    items: { data: Record<string, unknown>[] };
    pending_update: { subscription_items: Record<string, unknown>[] } | null;
  } & Record<string, unknown>;
};

test('a subscription shows its items, oldest first, with their prices in full', () => {
  const items = [
    subscriptionItem(),
    subscriptionItem({ id: 'si_2', price: 'price_2' }),
    subscriptionItem({ id: 'si_3', subscription: 'sub_2' }),
  ];
  const { data } = shown({}, items).items;
  expect(data.map(({ id }) => id)).toEqual(['si_1', 'si_2']);
  expect(data[1]).toMatchObject({ price: { id: 'price_2', unit_amount: null, unit_amount_decimal: '0.5' } });
});

test('a removed item is not shown', () => {
  expect(shown({}, [subscriptionItem({ deleted: true }), subscriptionItem({ id: 'si_2' })]).items.data).toHaveLength(1);
});

test('billing periods are properties of the items, not of the subscription', () => {
  const object = shown();
  expect(object).not.toHaveProperty('current_period_end');
  expect(object.items.data[0]).toMatchObject({ current_period_start: NOW, current_period_end: NOW + 31 * 86_400 });
});

test('an item without a quantity does not show one', () => {
  expect(shown({}, [subscriptionItem({ quantity: null })]).items.data[0]).not.toHaveProperty('quantity');
});

test('tax rates of a subscription are shown in full, its discounts as ids', () => {
  expect(shown()).toMatchObject({ default_tax_rates: [{ id: 'txr_1', percentage: 8.875 }], discounts: ['di_1'] });
});

test('settings without a value are shown like Stripe shows them', () => {
  expect(shown({ invoiceSettings: { footer: 'Bye' } })).toMatchObject({
    invoice_settings: { account_tax_ids: null, footer: 'Bye', issuer: { type: 'self' } },
    automatic_tax: { enabled: false },
  });
});

const pendingUpdate: PendingUpdate = {
  expires_at: NOW + 82_800,
  billing_cycle_anchor: null,
  trial_end: null,
  restore: null,
  items: [
    {
      id: 'si_1',
      price: 'price_2',
      quantity: 3,
      deleted: false,
      created: false,
      current_period_start: 0,
      current_period_end: 1,
      usage_from: null,
      tax_rates: [],
      metadata: {},
    },
    {
      id: 'si_2',
      price: 'price_1',
      quantity: 1,
      deleted: true,
      created: false,
      current_period_start: 0,
      current_period_end: 1,
      usage_from: null,
      tax_rates: [],
      metadata: {},
    },
    {
      id: 'si_new',
      price: 'price_1',
      quantity: 1,
      deleted: false,
      created: true,
      current_period_start: 0,
      current_period_end: 1,
      usage_from: null,
      tax_rates: [],
      metadata: {},
    },
  ],
  invoice: 'in_1',
  on_failure: 'keep',
  proration_date: NOW,
};

test('a pending change shows the items as they would become, while the items stay', () => {
  const object = shown({ pendingUpdate });
  expect(object.pending_update?.subscription_items).toMatchObject([
    { id: 'si_1', price: { id: 'price_2' }, quantity: 3 },
    { id: 'si_new', price: { id: 'price_1' }, current_period_end: NOW + 31 * 86_400 },
  ]);
  expect(object.items.data).toMatchObject([{ id: 'si_1', price: { id: 'price_1' } }]);
});

test('a change with error_if_incomplete is not shown while its payment is tried', () => {
  expect(shown({ pendingUpdate: { ...pendingUpdate, on_failure: 'discard' } }).pending_update).toBeNull();
});

test('a price that was not loaded is an error, not a subscription without a price', () => {
  expect(() => shown({}, [subscriptionItem({ price: 'price_9' })])).toThrow('price price_9 is not among the loaded facts');
});
