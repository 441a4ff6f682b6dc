import type Stripe from 'stripe';
import { useProduct } from '../support/product';
import { DAY, monthlyPrice, T0, untilReady } from '../test-clocks/lifecycle';

/** A call answers only after its effects in other entities, so no caller reads an outdated status. */
const product = useProduct();

interface PastDue {
  customer: string;
  subscription: string;
  invoice: Stripe.Invoice;
  goodCard: string;
}

/** A customer whose renewal was declined: past_due, with a recovery on its way. */
async function pastDue(): Promise<PastDue> {
  const { stripe } = product;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const customer = await stripe.customers.create({ name: 'Ann', test_clock: clock.id });
  const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: await monthlyPrice(product.system) }],
    default_payment_method: good.id,
  });
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: T0 + 31 * DAY });
  await untilReady(product.system, clock.id);
  const { status, latest_invoice: invoice } = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
  expect(status).toBe('past_due');
  return { customer: customer.id, subscription: subscription.id, invoice: invoice as Stripe.Invoice, goodCard: good.id };
}

const statusOf = async (subscription: string): Promise<string> => (await product.stripe.subscriptions.retrieve(subscription)).status;

const CALLS: Record<string, (of: PastDue) => Promise<unknown>> = {
  'the invoice is paid': ({ invoice, goodCard }) => product.stripe.invoices.pay(invoice.id, { payment_method: goodCard }),
  'the invoice is paid elsewhere': ({ invoice }) => product.stripe.invoices.pay(invoice.id, { paid_out_of_band: true }),
  'its payment intent is confirmed': async ({ invoice, goodCard }) => {
    const payments = await product.stripe.invoicePayments.list({ invoice: invoice.id });
    const intent = payments.data[0]?.payment.payment_intent as string;
    await product.stripe.paymentIntents.confirm(intent, { payment_method: goodCard });
  },
  'the invoice is voided': ({ invoice }) => product.stripe.invoices.voidInvoice(invoice.id),
};

test.each(Object.keys(CALLS))(
  'the subscription is active when the call returns: %s',
  async (name) => {
    const all = await Promise.all(Array.from({ length: 4 }, pastDue));
    const seen = await Promise.all(
      all.map(async (each) => {
        await CALLS[name]?.(each);
        return statusOf(each.subscription);
      }),
    );
    expect(seen).toEqual(['active', 'active', 'active', 'active']);
  },
  90_000,
);

test('a call whose effects take long (a processor that is away) returns before they are done', async () => {
  const of = await pastDue();
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 100 });
  const card = await product.stripe.paymentMethods.attach('pm_card_mastercard', { customer: of.customer });
  const customer = await product.stripe.customers.update(of.customer, { invoice_settings: { default_payment_method: card.id } });
  expect(customer.invoice_settings.default_payment_method).toBe(card.id);
});
