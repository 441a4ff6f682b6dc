import fc from 'fast-check';
import { BillingError } from '../../../domain/core/errors';
import { portalFlow, type PortalFlowParameters } from '../../../domain/portal/flows';
import { canRemoveCard, cancelObstacle, choiceObstacle, offeredPrices, updateObstacle } from '../../../domain/portal/permissions';
import { waitsForPeriodEnd } from '../../../domain/portal/planned-change';
import { couponToOffer } from '../../../domain/portal/retention';
import type { PortalConfiguration, PortalFeatures, SchedulingCondition } from '../../../domain/rows/portal';
import type { Recurring } from '../../../domain/rows/price';
import { Rows } from '../../../domain/rows/rows';
import type { Subscription, SubscriptionItem } from '../../../domain/rows/subscription';
import * as made from '../../objects/rows';

const PLAIN: Partial<Subscription> = {
  cancelAt: null,
  cancelAtPeriodEnd: false,
  collectionMethod: 'charge_automatically',
  pendingUpdate: null,
  schedule: null,
  status: 'active',
  hidden: false,
  currency: 'usd',
};
const price = (id: string, change: Parameters<typeof made.price>[0] = {}) => {
  const basic = made.price();
  return { ...basic, id, currency: 'usd', currencyOptions: {}, active: true, ...change };
};

function configurationWith(change: Partial<PortalFeatures['subscription_update']> = {}): PortalConfiguration {
  const basic = made.portalConfiguration();
  const products = [{ product: 'prod_1', prices: ['price_1', 'price_2'], adjustable_quantity: { enabled: true, minimum: 2, maximum: 5 } }];
  const update = { ...basic.features.subscription_update, products, ...change };
  return { ...basic, features: { ...basic.features, subscription_update: update } };
}

function world(change: Partial<Subscription> = {}, items: Partial<SubscriptionItem>[] = [{}]) {
  const subscription = made.subscription({ ...PLAIN, ...change });
  const subscriptionItem = items.map((item, index) =>
    made.subscriptionItem({
      id: `si_${String(index + 1)}`,
      price: 'price_1',
      quantity: 3,
      deleted: false,
      subscription: subscription.id,
      ...item,
    }),
  );
  const recurring = price('price_1').recurring;
  const prices = [
    price('price_1'),
    price('price_2'),
    price('price_euro', { currency: 'eur' }),
    price('price_taxed', { taxBehavior: price('price_1').taxBehavior === 'inclusive' ? 'exclusive' : 'inclusive' }),
    price('price_metered', { recurring: recurring && { ...recurring, usage_type: 'metered' } }),
  ];
  const rows = new Rows({ subscription: [subscription], subscriptionItem, price: prices });
  return { rows, subscription, item: subscriptionItem[0] as SubscriptionItem };
}

const monthly = () => price('price_1').recurring as Recurring;

const obstacle = (change: Partial<Subscription>, items?: Partial<SubscriptionItem>[]) => {
  const { rows, subscription } = world(change, items);
  return updateObstacle(rows, configurationWith(), subscription);
};

describe('a customer changes', () => {
  test('a running subscription of one licensed item that is charged by card', () => {
    expect(obstacle({})).toBeNull();
    expect(obstacle({ status: 'trialing' })).toBeNull();
    expect(obstacle({ status: 'past_due' })).toBe('This subscription cannot be updated because it is past_due.');
    expect(obstacle({}, [{}, {}])).toBe('This subscription cannot be updated because it has several items.');
    expect(obstacle({}, [{ price: 'price_metered', quantity: null }])).toContain('its price is metered');
    expect(obstacle({ collectionMethod: 'send_invoice' })).toContain('its invoices are sent to the customer');
    expect(obstacle({ schedule: 'sub_sched_1' })).toContain('it is managed by a subscription schedule');
  });

  test('nothing while the feature is disabled', () => {
    const { rows, subscription } = world();
    expect(updateObstacle(rows, configurationWith({ enabled: false }), subscription)).toBe(
      'This subscription cannot be updated because the subscription update feature in the portal configuration is disabled.',
    );
  });

  test('to offered prices of the same currency and tax behavior', () => {
    const { rows, subscription, item } = world();
    const prices = ['price_1', 'price_2', 'price_euro', 'price_taxed', 'price_gone'];
    const products = [{ product: 'prod_1', prices, adjustable_quantity: { enabled: false, minimum: 0, maximum: null } }];
    const offered = (change: Partial<PortalFeatures['subscription_update']>) =>
      offeredPrices(rows, configurationWith({ products, ...change }), subscription, item).map(({ id }) => id);
    expect(offered({})).toEqual(['price_1', 'price_2']);
    expect(offered({ default_allowed_updates: ['quantity'] })).toEqual(['price_1']);
  });

  test('to quantities within the bounds of the product, and to no other', () => {
    const { rows, subscription, item } = world();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.constantFrom('price_1', 'price_2'), (quantity, to) => {
        const found = choiceObstacle(rows, configurationWith(), { subscription, item }, { price: to, quantity });
        expect(found?.of ?? null).toBe(quantity >= 2 && quantity <= 5 ? null : 'quantity');
      }),
    );
    const fixed = configurationWith({ default_allowed_updates: ['price'] });
    expect(choiceObstacle(rows, fixed, { subscription, item }, { price: 'price_2', quantity: 3 })).toBeNull();
    expect(choiceObstacle(rows, fixed, { subscription, item }, { price: 'price_2', quantity: 4 })?.of).toBe('quantity');
    expect(choiceObstacle(rows, fixed, { subscription, item }, { price: 'price_euro', quantity: 3 })?.of).toBe('price');
  });
});

describe('a change waits for the end of the period', () => {
  const waits = (types: SchedulingCondition[], to: string, quantity: number) => {
    const { rows, subscription, item } = world();
    const costs = (amount: number) => ({
      unitAmount: amount,
      unitAmountDecimal: String(amount),
      tiers: null,
      tiersMode: null,
      transformQuantity: null,
    });
    const year = price('price_year', costs(300_000));
    rows.put('price', { ...price('price_1', costs(1000)), recurring: { ...monthly(), interval: 'month' } });
    rows.put('price', { ...year, recurring: { ...monthly(), interval: 'year' } });
    const configuration = configurationWith({ schedule_at_period_end: { conditions: types.map((type) => ({ type })) } });
    return waitsForPeriodEnd(rows, configuration, { subscription, item, price: to, quantity });
  };

  test('if one period then costs less', () => {
    expect(waits(['decreasing_item_amount'], 'price_1', 2)).toBe(true);
    expect(waits(['decreasing_item_amount'], 'price_1', 4)).toBe(false);
    expect(waits(['decreasing_item_amount'], 'price_year', 1)).toBe(false);
  });

  test('if the new interval is shorter, however it is written', () => {
    const { rows, subscription, item } = world();
    rows.put('price', { ...price('price_1'), recurring: { ...monthly(), interval: 'year' } });
    rows.put('price', { ...price('price_12'), recurring: { ...monthly(), interval: 'month', interval_count: 12 } });
    rows.put('price', { ...price('price_11'), recurring: { ...monthly(), interval: 'month', interval_count: 11 } });
    const configuration = configurationWith({ schedule_at_period_end: { conditions: [{ type: 'shortening_interval' }] } });
    const isLater = (to: string) => waitsForPeriodEnd(rows, configuration, { subscription, item, price: to, quantity: 3 });
    expect([isLater('price_11'), isLater('price_12'), isLater('price_1')]).toEqual([true, false, false]);
  });

  test('and never without a condition', () => {
    expect(waits([], 'price_1', 2)).toBe(false);
  });
});

test('a coupon is offered once, while it can be redeemed, to who does not have it', () => {
  const { rows, subscription } = world({ discounts: [] });
  const coupon = made.coupon({ id: 'SAVE', key: 'co_1', deleted: false, percentOff: '25', redeemBy: null, maxRedemptions: null });
  const flow = made.portalSession().flow;
  const offer = (change: (with_: Rows) => void = () => undefined, now = 0) => {
    const facts = rows.copy();
    facts.put('coupon', coupon);
    change(facts);
    const asked = flow && { ...flow, type: 'subscription_cancel' as const, subscription: subscription.id, retention: 'SAVE' };
    return couponToOffer(facts, asked, facts.get('subscription', subscription.id), now)?.id ?? null;
  };
  expect(offer()).toBe('SAVE');
  expect(offer((facts) => facts.put('coupon', { ...coupon, redeemBy: 5 }), 6)).toBeNull();
  expect(
    offer((facts) => facts.put('coupon', { ...coupon, percentOff: null, amountOff: 5, currency: 'eur', currencyOptions: {} })),
  ).toBeNull();
  expect(
    offer((facts) => facts.put('portalRetentionOffer', made.portalRetentionOffer({ subscription: subscription.id, status: 'declined' }))),
  ).toBeNull();
  expect(
    offer((facts) => {
      facts.put('discount', made.discount({ id: 'di_1', coupon: 'co_1' }));
      facts.put('subscription', { ...subscription, discounts: ['di_1'] });
    }),
  ).toBeNull();
});

test('a customer cancels what runs and is not set to end', () => {
  const may = (change: Partial<Subscription>) => cancelObstacle(world(change).rows, configurationWith(), world(change).subscription);
  expect(may({ status: 'past_due' })).toBeNull();
  expect(may({ cancelAtPeriodEnd: true })).toBe('The subscription `sub_1` is already set to be canceled at period end.');
  expect(may({ cancelAt: 1_900_000_000 })).toBe('The subscription `sub_1` is already set to be canceled at period end.');
  expect(may({ status: 'canceled' })).toContain('because it is canceled');
});

test('a customer keeps the card that pays for what runs', () => {
  const customer = made.customer({
    defaultSource: null,
    invoiceSettings: { ...made.customer().invoiceSettings, default_payment_method: 'pm_1' },
  });
  const can = (id: string, change: Partial<Subscription>[] = []) =>
    canRemoveCard(
      configurationWith(),
      { id, isSource: false },
      { customer, subscriptions: change.map((each) => world(each).subscription) },
    );
  expect(can('pm_1')).toBe(true);
  expect(can('pm_1', [{ defaultPaymentMethod: null }])).toBe(false);
  expect(can('pm_2', [{ defaultPaymentMethod: 'pm_2' }])).toBe(false);
  expect(can('pm_1', [{ defaultPaymentMethod: 'pm_2' }])).toBe(true);
});

describe('a flow', () => {
  const open = (params: PortalFlowParameters, change: Partial<Subscription> = {}) => {
    const { rows } = world({ customer: 'cus_1', ...change });
    try {
      return portalFlow(rows, configurationWith(), 'cus_1', params);
    } catch (error) {
      if (error instanceof BillingError) return [error.details.param, error.message];
      throw error;
    }
  };
  const confirm = (item: { id: string; price?: string; quantity?: number }) =>
    open({ type: 'subscription_update_confirm', subscription_update_confirm: { subscription: 'sub_1', items: [item] } });
  const items = 'flow_data[subscription_update_confirm][items]';

  test('names a subscription of its customer', () => {
    expect(open({ type: 'subscription_cancel' })).toEqual([
      'flow_data[subscription_cancel]',
      'Missing required param: flow_data[subscription_cancel].',
    ]);
    const cancel: PortalFlowParameters = { type: 'subscription_cancel', subscription_cancel: { subscription: 'sub_1' } };
    expect(open(cancel)).toMatchObject({ subscription: 'sub_1', items: null, after_completion: { type: 'portal_homepage' } });
    expect(open(cancel, { customer: 'cus_2' })).toEqual(['flow_data[subscription_cancel][subscription]', "No such subscription: 'sub_1'"]);
  });

  test('confirms one change that is one', () => {
    expect(confirm({ id: 'si_1', price: 'price_2' })).toMatchObject({ items: [{ id: 'si_1', price: 'price_2', quantity: 3 }] });
    expect(confirm({ id: 'si_1', quantity: 3 })).toEqual([
      items,
      'This subscription cannot be updated because there are no changes to confirm.',
    ]);
    expect(confirm({ id: 'si_1', price: 'price_euro' })).toMatchObject([`${items}[0][price]`, expect.any(String)]);
    expect(confirm({ id: 'si_1', quantity: 9 })).toEqual([`${items}[0][quantity]`, 'The quantity must be at least 2 and at most 5.']);
    expect(confirm({ id: 'si_9', quantity: 4 })).toEqual([`${items}[0][id]`, "No such subscription item: 'si_9'"]);
  });

  test('leads on to where the seller says', () => {
    const to = (after: PortalFlowParameters['after_completion']) => open({ type: 'payment_method_update', after_completion: after });
    expect(to({ type: 'redirect' })).toMatchObject(['flow_data[after_completion][redirect]', expect.any(String)]);
    const redirect = { type: 'redirect' as const, redirect: { return_url: 'https://shop.example.com' } };
    expect(to(redirect)).toMatchObject({ after_completion: { type: 'redirect', return_url: 'https://shop.example.com' } });
  });
});
