import { customerWith, invoicesOf, priceOf, useCard } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { accountsOf, booksBalance } from './books';

const product = useProduct();
const { stripe } = product;

test('a year with tax, a coupon, credit, a refund, a chargeback, bad debt and a void invoice balances to the cent', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.customers.createBalanceTransaction(customer, { amount: -333, currency: 'usd' });
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: true, country: 'DE' });
  const sales = await stripe.taxRates.create({ display_name: 'Sales', percentage: 8.875, inclusive: false, country: 'US', state: 'NY' });
  const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: 'repeating', duration_in_months: 3 });
  const { id, items, latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe, 999), quantity: 3 }],
    default_tax_rates: [vat.id, sales.id],
    discounts: [{ coupon: coupon.id }],
  });
  expect(await booksBalance(product.sql)).toEqual([]);
  const first = await stripe.invoices.retrieve(latest_invoice as string, { expand: ['payments'] });
  await clock.to('2026-02-14T12:34:56Z');
  await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? '', quantity: 1 }], proration_behavior: 'always_invoice' });
  await stripe.refunds.create({ payment_intent: first.payments?.data[0]?.payment.payment_intent as string, amount: 100 });
  expect(await booksBalance(product.sql)).toEqual([]);
  await clock.to('2026-04-15');
  expect(await booksBalance(product.sql)).toEqual([]);
  await useCard(stripe, customer, 'pm_card_createDispute');
  await clock.to('2026-06-15');
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-07-01');
  await stripe.invoices.markUncollectible((await invoicesOf(stripe, id)).at(-1)?.id ?? '');
  await clock.to('2026-08-01');
  await stripe.invoices.voidInvoice((await invoicesOf(stripe, id)).at(-1)?.id ?? '');
  await clock.to('2026-12-31');
  expect(await booksBalance(product.sql)).toEqual([]);
  const accounts = await accountsOf(product.sql);
  expect(Object.keys(accounts)).toEqual(
    expect.arrayContaining([
      'adjustments',
      'bad_debt',
      'cash_clearing',
      'processor_fees',
      'refunds',
      'revenue',
      'tax_payable:DE',
      'tax_payable:US-NY',
      'voids',
    ]),
  );
  expect(accounts['deferred_revenue']).toBeUndefined();
});

test('books that do not balance are detected', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { latest_invoice } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const invoice = latest_invoice as string;
  await product.sql`update invoices set amount_paid = amount_paid - 1, total_excluding_tax = total_excluding_tax + 1 where id = ${invoice}`;
  await product.sql`update customers set balance = -5 where id = ${customer}`;
  const found = await booksBalance(product.sql);
  expect(found).toEqual([
    expect.stringContaining(`revenue of ${invoice}`),
    expect.stringContaining(`tax payable of ${invoice}`),
    expect.stringContaining(`the balance of ${customer}`),
    expect.stringContaining(`invoice ${invoice} was paid 999`),
  ]);
});
