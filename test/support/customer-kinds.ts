import type Stripe from 'stripe';
import { priceOf, useCard } from './builders';
import { at, type VirtualClock } from './clock';

type Item = Stripe.SubscriptionCreateParams.Item;
type Build = (buyer: (more?: Stripe.CustomerCreateParams) => Promise<string>) => Promise<string>;

/** One customer of each kind: what it has, and what it has bought. */
export function customerKinds(stripe: Stripe, clock: VirtualClock): Record<string, Build> {
  const subscribe = (customer: string, items: Item[], more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items, ...more });
  const simple =
    (more: Partial<Stripe.SubscriptionCreateParams>, amount = 1000, change: Partial<Stripe.PriceCreateParams> = {}): Build =>
    async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe, amount, change) }], more);
      return customer;
    };
  return {
    monthly: simple({}),
    annual: simple({}, 12_000, { recurring: { interval: 'year' } }),
    trial: simple({ trial_period_days: 30 }),
    sent: simple({ collection_method: 'send_invoice', days_until_due: 7 }),
    ending: simple({ cancel_at: at('2026-03-20') }),
    tiers: async (buyer) => {
      const customer = await buyer();
      const tiers = [
        { up_to: 5, unit_amount: 1000 },
        { up_to: 'inf' as const, unit_amount: 700 },
      ];
      const { id: price } = await stripe.prices.create({
        ...{ currency: 'usd', billing_scheme: 'tiered', tiers_mode: 'graduated', tiers, recurring: { interval: 'month' } },
        product_data: { name: 'Seats' },
      });
      await subscribe(customer, [{ price, quantity: 9 }]);
      return customer;
    },
    coupon: async (buyer) => {
      const customer = await buyer();
      const { id: coupon } = await stripe.coupons.create({ percent_off: 25, duration: 'repeating', duration_in_months: 3 });
      await subscribe(customer, [{ price: await priceOf(stripe) }], { discounts: [{ coupon }] });
      return customer;
    },
    schedule: async (buyer) => {
      const customer = await buyer();
      const [first, second] = [await priceOf(stripe), await priceOf(stripe, 2500)];
      await stripe.subscriptionSchedules.create({
        ...{ customer, start_date: clock.now(), end_behavior: 'release' },
        phases: [
          { items: [{ price: first }], duration: { interval: 'month', interval_count: 2 } },
          { items: [{ price: second, quantity: 2 }], duration: { interval: 'month', interval_count: 1 } },
        ],
      });
      return customer;
    },
    balance: async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe) }]);
      await stripe.customers.createBalanceTransaction(customer, { amount: -1500, currency: 'usd' });
      return customer;
    },
    tax: async (buyer) => {
      const customer = await buyer();
      const { id } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
      await subscribe(customer, [{ price: await priceOf(stripe) }], { default_tax_rates: [id] });
      return customer;
    },
    changed: async (buyer) => {
      const customer = await buyer();
      const { items } = await subscribe(customer, [{ price: await priceOf(stripe), quantity: 2 }]);
      await stripe.subscriptionItems.update(items.data[0]?.id ?? '', { quantity: 5 });
      await stripe.invoiceItems.create({ customer, amount: 450, currency: 'usd', description: 'Ask Ada about this' });
      return customer;
    },
    metered: async (buyer) => {
      const customer = await buyer();
      const event = `calls_${customer.slice(4).toLowerCase()}`;
      const meter = await stripe.billing.meters.create({
        display_name: 'Calls',
        event_name: event,
        default_aggregation: { formula: 'sum' },
      });
      const price = await priceOf(stripe, 3, { recurring: { interval: 'month', usage_type: 'metered', meter: meter.id } });
      await subscribe(customer, [{ price }]);
      await stripe.billing.meterEvents.create({
        ...{ event_name: event, payload: { stripe_customer_id: customer, value: '250' }, timestamp: clock.now() },
      });
      await stripe.billing.creditGrants.create({
        ...{ customer, category: 'paid', amount: { type: 'monetary', monetary: { currency: 'usd', value: 400 } } },
        applicability_config: { scope: { price_type: 'metered' } },
      });
      return customer;
    },
    'past due': async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe) }], { billing_cycle_anchor: at('2026-01-19'), proration_behavior: 'none' });
      await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
      return customer;
    },
  };
}
