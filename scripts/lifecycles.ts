/**
 * One scenario for each lifecycle shape of a workflow, run through Stripe's SDK. The workflow histories are saved in test/replay/histories,
 * and must replay with every later version of the workflows.
 */
import type Stripe from 'stripe';
import { backgroundLifecycles } from './background-lifecycles';
import { invoiceLifecycles } from './invoice-lifecycles';
import { paymentLifecycles } from './payment-lifecycles';
import { Story } from './story';

/** The histories to save: by `<workflow>/<case>`, the id of the workflow, and which of its runs. */
export type Captured = Record<string, { workflowId: string; run?: 'first' | 'last' }>;

export type Lifecycle = (stripe: Stripe) => Promise<Captured>;

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MONTH = 31 * DAY;

export const lifecycles: Record<string, Lifecycle> = {
  async renewals(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await story.pass(MONTH + 2 * HOUR);
    await story.pass(MONTH);
    return {
      'subscription/created-and-renewed': { workflowId: `subscription/${subscription.id}` },
      'test-clock/advanced': { workflowId: `test-clock/${story.clock}` },
    };
  },

  async trial(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe({ trial_period_days: 7 });
    await story.pass(9 * DAY);
    return { 'subscription/trial': { workflowId: `subscription/${subscription.id}` } };
  },

  async recovery(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await story.useCard('pm_card_chargeCustomerFail');
    await story.pass(MONTH + 2 * HOUR);
    const invoice = await story.latestInvoice(subscription.id);
    await story.pass(2 * DAY);
    await story.useCard('pm_card_visa');
    await story.pass(2 * DAY);
    return {
      'subscription/failed-renewal-and-dunning-recovered': { workflowId: `subscription/${subscription.id}` },
      'dunning/recovered': { workflowId: `dunning/${invoice}` },
    };
  },

  async exhaustion(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await story.useCard('pm_card_chargeCustomerFail');
    await story.pass(MONTH + 2 * HOUR);
    const invoice = await story.latestInvoice(subscription.id);
    await story.pass(16 * DAY);
    return {
      'subscription/dunning-exhausted-and-canceled': { workflowId: `subscription/${subscription.id}` },
      'dunning/exhausted': { workflowId: `dunning/${invoice}` },
    };
  },

  async neverPaid(stripe) {
    const story = await Story.begin(stripe, 'pm_card_chargeCustomerFail');
    const subscription = await story.subscribe();
    await story.pass(DAY);
    return { 'subscription/incomplete-expired': { workflowId: `subscription/${subscription.id}` } };
  },

  async cancellation(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await story.pass(MONTH + HOUR);
    return { 'subscription/canceled-at-period-end': { workflowId: `subscription/${subscription.id}` } };
  },

  async change(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await story.pass(10 * DAY);
    const item = subscription.items.data[0]?.id ?? '';
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: await story.price(4_500), quantity: 2 }],
      proration_behavior: 'always_invoice',
    });
    await story.pass(MONTH);
    return { 'subscription/changed-mid-cycle': { workflowId: `subscription/${subscription.id}` } };
  },

  async longLife(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const subscription = await story.subscribe();
    await story.pass(24 * MONTH);
    const workflowId = `subscription/${subscription.id}`;
    return {
      'subscription/continued-as-new': { workflowId, run: 'first' },
      'subscription/after-continuing-as-new': { workflowId, run: 'last' },
    };
  },

  async schedule(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const [low, high] = [await story.price(2_000), await story.price(4_500)];
    const month = { interval: 'month', interval_count: 1 } as const;
    const { id, subscription } = await stripe.subscriptionSchedules.create({
      customer: story.customer,
      start_date: 'now',
      phases: [
        { items: [{ price: low }], duration: month },
        { items: [{ price: high }], duration: month },
      ],
    });
    await story.pass(10 * DAY);
    const { phases } = await stripe.subscriptionSchedules.retrieve(id);
    const [running] = phases;
    const { start_date = 0, end_date = 0 } = running ?? {};
    await stripe.subscriptionSchedules.update(id, {
      phases: [
        { start_date, end_date, items: [{ price: low, quantity: 2 }] },
        { items: [{ price: high }], duration: month },
      ],
    });
    await story.pass(2 * MONTH);
    return { 'subscription/scheduled-in-phases': { workflowId: `subscription/${subscription as string}` } };
  },

  async scheduleLater(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const price = await story.price(2_000);
    const { id } = await stripe.subscriptionSchedules.create({
      customer: story.customer,
      start_date: story.in(5 * DAY),
      end_behavior: 'cancel',
      phases: [{ items: [{ price }], duration: { interval: 'month', interval_count: 1 } }],
    });
    await stripe.subscriptionSchedules.update(id, { metadata: { moved: 'no' } });
    await story.pass(2 * MONTH);
    const [subscription] = (await stripe.subscriptions.list({ customer: story.customer, status: 'all' })).data;
    return {
      'schedule/started': { workflowId: `schedule/${id}` },
      'subscription/begun-and-ended-by-schedule': { workflowId: `subscription/${subscription?.id ?? ''}` },
    };
  },

  async quoteExpired(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const line_items = [{ price: await story.price(2_000) }];
    const { id } = await stripe.quotes.create({ customer: story.customer, line_items, expires_at: story.in(2 * DAY) });
    await stripe.quotes.finalizeQuote(id, { expires_at: story.in(5 * DAY) });
    await story.pass(6 * DAY);
    return { 'quote/expired': { workflowId: `quote/${id}` } };
  },

  async quoteAccepted(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const line_items = [{ price: await story.price(2_000) }];
    const { id } = await stripe.quotes.create({ customer: story.customer, line_items });
    await stripe.quotes.finalizeQuote(id);
    const { subscription } = await stripe.quotes.accept(id);
    await story.pass(2 * DAY);
    return {
      'quote/accepted': { workflowId: `quote/${id}` },
      'subscription/begun-by-quote': { workflowId: `subscription/${subscription as string}` },
    };
  },

  async quoteAcceptedForLater(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const line_items = [{ price: await story.price(2_000) }];
    const subscription_data = { effective_date: story.in(5 * DAY) };
    const { id } = await stripe.quotes.create({ customer: story.customer, line_items, subscription_data });
    await stripe.quotes.finalizeQuote(id);
    const { subscription_schedule: schedule } = await stripe.quotes.accept(id);
    await story.pass(6 * DAY);
    return { 'schedule/begun-by-quote': { workflowId: `schedule/${schedule as string}` } };
  },

  async quoteInvoiced(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const { id: product } = await stripe.products.create({ name: 'Setup' });
    const line_items = [{ price_data: { currency: 'eur', unit_amount: 900, product } }];
    const { id } = await stripe.quotes.create({ customer: story.customer, line_items });
    await stripe.quotes.finalizeQuote(id);
    const { invoice } = await stripe.quotes.accept(id);
    await stripe.invoices.pay(invoice as string);
    return { 'invoice/quoted-and-paid': { workflowId: `invoice/${invoice as string}` } };
  },

  async checkoutPaid(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const id = await checkout(stripe, story, 2_000);
    await stripe.rawRequest('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa' });
    await story.pass(2 * DAY);
    return { 'checkout/paid': { workflowId: `checkout/${id}` } };
  },

  async checkoutExpired(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const id = await checkout(stripe, story, 2_000);
    await story.pass(2 * DAY);
    return { 'checkout/expired': { workflowId: `checkout/${id}` } };
  },

  async cancellationInRealTime(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa', { onClock: false });
    const subscription = await story.subscribe();
    await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
    return { 'subscription/canceled-in-real-time': { workflowId: `subscription/${subscription.id}` } };
  },

  ...backgroundLifecycles,
  ...invoiceLifecycles,
  ...paymentLifecycles,

  async authentication(stripe) {
    const story = await Story.begin(stripe, 'pm_card_authenticationRequired');
    const intent = await story.pay();
    await stripe.rawRequest('POST', `/v1/test_helpers/payment_intents/${intent.id}/authenticate`, { result: 'succeeded' });
    return { 'payment/3d-secure': { workflowId: `payment/${intent.id}` } };
  },

  async capture(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const intent = await story.pay({ capture_method: 'manual' });
    await stripe.paymentIntents.capture(intent.id);
    return { 'payment/captured-by-hand': { workflowId: `payment/${intent.id}` } };
  },

  async pendingRefund(stripe) {
    const story = await Story.begin(stripe, 'pm_card_pendingRefund');
    const intent = await story.pay();
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
    await story.pass(10 * DAY);
    return { 'refund/pending': { workflowId: `refund/${refund.id}` } };
  },

  async usageAlert(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const meter = await story.meter('alerted');
    const filters = [{ type: 'customer' as const, customer: story.customer }];
    const usage_threshold = { meter, gte: 100, recurrence: 'one_time' as const, filters };
    await stripe.billing.alerts.create({ title: 'Much', alert_type: 'usage_threshold', usage_threshold });
    await story.use('alerted', 60);
    await story.use('alerted', 60);
    return { 'usage/alert-triggered': { workflowId: `usage/${story.customer}` } };
  },

  async spendAlert(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const meter = await story.meter('spent');
    const filters = [{ type: 'customer', customer: story.customer }];
    const spend_threshold = { currency: 'eur', gte: 3_000, recurrence: 'billing_period', filters };
    await stripe.rawRequest('POST', '/v1/billing/alerts', { title: 'Budget', alert_type: 'spend_threshold', spend_threshold });
    await story.subscribe({ items: [{ price: await story.price(2_000) }, { price: await story.meteredPrice(meter) }] });
    await story.use('spent', 120);
    await story.pass(MONTH);
    await story.use('spent', 120);
    return { 'usage/spend-watched': { workflowId: `usage/${story.customer}` } };
  },

  async creditExpiry(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    await stripe.billing.creditGrants.create({
      customer: story.customer,
      amount: { type: 'monetary', monetary: { currency: 'eur', value: 5_000 } },
      applicability_config: { scope: { price_type: 'metered' } },
      expires_at: story.in(10 * DAY),
    });
    await story.pass(11 * DAY);
    return { 'usage/credit-expired': { workflowId: `usage/${story.customer}` } };
  },

  async creditTopUp(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const meter = await story.meter('topped');
    await story.subscribe({ items: [{ price: await story.meteredPrice(meter) }] });
    const terms = { customer: story.customer, currency: 'eur', threshold: 500, amount: 1_000, monthly_limit: 2_000 };
    const { id } = (await stripe.rawRequest('POST', '/v1/billing/credit_top_ups', terms)) as unknown as { id: string };
    await story.pass(HOUR);
    await story.use('topped', 60);
    await story.pass(HOUR);
    await story.use('topped', 120);
    await story.pass(MONTH);
    await stripe.rawRequest('DELETE', `/v1/billing/credit_top_ups/${id}`);
    await story.pass(HOUR);
    return { 'usage/credit-topped-up': { workflowId: `usage/${story.customer}` } };
  },

  async billingThreshold(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    const meter = await story.meter('billed');
    const items = [{ price: await story.meteredPrice(meter) }];
    const subscription = await story.subscribe({ items, billing_thresholds: { amount_gte: 1_000 } });
    await story.use('billed', 60);
    await story.use('billed', 60);
    await story.pass(2 * DAY);
    await story.pass(MONTH);
    return { 'subscription/threshold-billed': { workflowId: `subscription/${subscription.id}` } };
  },

  taxIdVerified: async (stripe) => ({
    'tax-id/verified': { workflowId: `tax-id/${await (await Story.begin(stripe, 'pm_card_visa')).taxId('DE000000000')}`, run: 'first' },
  }),

  async reconciliation(stripe) {
    await stripe.paymentIntents.create({ amount: 1900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true });
    const day = new Date().toISOString().slice(0, 10);
    await stripe.rawRequest('POST', '/v1/reconciliations', { processor: 'sandbox', day });
    const { id } = (await stripe.rawRequest('GET', '/v1/account')) as unknown as { id: string };
    return { 'reconciliation/compared': { workflowId: `reconciliation/${id}/test/sandbox/${day}` } };
  },

  async supportLate(stripe) {
    const story = await Story.begin(stripe, 'pm_card_visa');
    return { 'support/late': { workflowId: `support/${await story.ask()}`, run: 'first' } };
  },
};

async function checkout(stripe: Stripe, story: Story, amount: number): Promise<string> {
  const line_items = [{ price: await story.price(amount), quantity: 1 }];
  const success_url = 'https://shop.example.com';
  return (await stripe.checkout.sessions.create({ mode: 'subscription', customer: story.customer, line_items, success_url })).id;
}
