import type Stripe from 'stripe';
import { customerWith, useCard } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

async function openInvoice(card: string | null): Promise<{ customer: string; invoice: string }> {
  const { customer } = await customerWith(stripe, card);
  await stripe.invoiceItems.create({ customer, amount: 700, currency: 'usd' });
  const { id: invoice } = await stripe.invoices.create({ customer, auto_advance: false, pending_invoice_items_behavior: 'include' });
  await stripe.invoices.finalizeInvoice(invoice);
  return { customer, invoice };
}

test('a declined card is answered with the issuer’s message and the intent as it is', async () => {
  const { invoice } = await openInvoice('pm_card_chargeCustomerFail');
  const error = await stripe.invoices.pay(invoice).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code: 'card_declined' });
  expect((error as Stripe.errors.StripeCardError).payment_intent).toMatchObject({
    object: 'payment_intent',
    status: 'requires_payment_method',
  });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', attempted: true, amount_remaining: 700 });
});

test('a card that needs 3-D Secure is answered with its own code', async () => {
  const { customer, invoice } = await openInvoice(null);
  const { id: card } = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
  const error = await stripe.invoices.pay(invoice, { payment_method: card, off_session: false }).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code: 'invoice_payment_intent_requires_action' });
});

test('without a card the payment is refused', async () => {
  const { invoice } = await openInvoice(null);
  await expect(stripe.invoices.pay(invoice)).rejects.toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' });
});

test('only a card of the invoice’s customer can pay it', async () => {
  const { invoice } = await openInvoice(null);
  const { customer } = await customerWith(stripe, null);
  const anothers = await useCard(stripe, customer, 'pm_card_visa');
  await expect(stripe.invoices.pay(invoice, { payment_method: anothers })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'payment_method',
  });
  await expect(stripe.invoices.pay(invoice, { payment_method: anothers, paid_out_of_band: true })).rejects.toMatchObject({
    code: 'parameters_exclusive',
  });
});

test('an invoice is paid out of band or with another card, and only once', async () => {
  const { invoice: one } = await openInvoice(null);
  expect(await stripe.invoices.pay(one, { paid_out_of_band: true })).toMatchObject({ status: 'paid', amount_paid_off_stripe: 700 });
  const { customer, invoice: other } = await openInvoice('pm_card_chargeCustomerFail');
  const good = await useCard(stripe, customer, 'pm_card_visa');
  expect(await stripe.invoices.pay(other, { payment_method: good })).toMatchObject({ status: 'paid', amount_paid: 700 });
  await expect(stripe.invoices.pay(other)).rejects.toMatchObject({ statusCode: 400 });
  const payments = await stripe.invoicePayments.list({ invoice: other, status: 'paid' });
  const [payment] = payments.data;
  expect(payment).toMatchObject({ amount_paid: 700, is_default: true, payment: { type: 'payment_intent' } });
  expect((await stripe.invoicePayments.retrieve(payment?.id ?? '')).id).toBe(payment?.id);
  const intent = payment?.payment.payment_intent as string;
  expect((await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent } })).data).toHaveLength(1);
});
