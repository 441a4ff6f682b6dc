import type Stripe from 'stripe';
import { booksBalance } from '../../../ledger/books';
import { customerWith, priceOf, refusal } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const EVERYWHERE = { currency_options: { eur: { unit_amount: 900 }, jpy: { unit_amount: 1500 }, kwd: { unit_amount: 3050 } } };
const someone = async (balances: Record<string, number> = {}): Promise<string> => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  for (const [currency, amount] of Object.entries(balances))
    await stripe.customers.createBalanceTransaction(customer, { currency, amount });
  return customer;
};
const subscribe = (customer: string, price: string, of: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  stripe.subscriptions.create({ customer, items: [{ price, quantity: 2 }], expand: ['latest_invoice'], ...of });
const firstInvoice = ({ latest_invoice }: Stripe.Subscription) => latest_invoice as Stripe.Invoice;
const balancesOf = async (id: string) => {
  const customer = (await stripe.customers.retrieve(id, { expand: ['invoice_credit_balance'] })) as Stripe.Customer;
  return { balance: customer.balance, ...customer.invoice_credit_balance };
};

test('a price is charged in the requested currency, otherwise in the customer’s, otherwise in its own', async () => {
  const price = await priceOf(stripe, 1000, EVERYWHERE);
  const params = await subscribe(await someone(), price, { currency: 'jpy' });
  expect([params.currency, firstInvoice(params).total, firstInvoice(params).currency]).toEqual(['jpy', 3000, 'jpy']);
  expect(params.items.data[0]?.price).toMatchObject({ id: price, currency: 'usd', unit_amount: 1000 });
  const european = await someone({ eur: -1 });
  const own = await subscribe(european, price);
  expect([own.currency, firstInvoice(own).total, firstInvoice(own).amount_paid]).toEqual(['eur', 1800, 1799]);
  const onlyDollars = await subscribe(european, await priceOf(stripe));
  expect([onlyDollars.currency, firstInvoice(onlyDollars).amount_paid]).toEqual(['usd', 2000]);
  const kuwaiti = await stripe.invoices.createPreview({
    customer: await someone(),
    currency: 'kwd',
    subscription_details: { items: [{ price }] },
  });
  expect([kuwaiti.currency, kuwaiti.total, kuwaiti.lines.data[0]?.description]).toEqual(['kwd', 3050, '1 × Pro (at 3.050 KWD / month)']);
});

test('an item or one-time item of a subscription is in its currency, or refused', async () => {
  const price = await priceOf(stripe, 1000, EVERYWHERE);
  const once = await priceOf(stripe, 500, { recurring: undefined, currency_options: { eur: { unit_amount: 400 } } });
  const dollars = await priceOf(stripe);
  const customer = await someone();
  const { id } = await subscribe(customer, price, { currency: 'eur', add_invoice_items: [{ price: once, quantity: 3 }] });
  const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
  expect([invoice?.total, invoice?.currency]).toEqual([1800 + 1200, 'eur']);
  const mismatch = { code: 'invalid_request_error', statusCode: 400 };
  const refusals: [Promise<unknown>, string][] = [
    [stripe.subscriptionItems.create({ subscription: id, price: dollars }), 'price'],
    [stripe.subscriptions.create({ customer, items: [{ price }, { price: dollars }], currency: 'eur' }), 'items[1][price]'],
    [stripe.invoiceItems.create({ customer, subscription: id, amount: 5, currency: 'usd' }), 'currency'],
    [stripe.invoices.createPreview({ subscription: id, currency: 'usd' }), 'currency'],
    [stripe.invoices.create({ customer, subscription: id, currency: 'usd' }), 'currency'],
  ];
  for (const [call, param] of refusals) expect({ ...mismatch, ...pick(await refusal(call)) }).toMatchObject({ param, statusCode: 400 });
  const waiting = await stripe.invoiceItems.create({ customer, subscription: id, pricing: { price: once } });
  expect([waiting.currency, waiting.amount]).toEqual(['eur', 400]);
  expect(await stripe.invoiceItems.create({ customer, pricing: { price: once } })).toMatchObject({ currency: 'eur', amount: 400 });
  expect(await stripe.invoiceItems.create({ customer: await someone(), pricing: { price: once } })).toMatchObject({
    currency: 'usd',
    amount: 500,
  });
});

const pick = ({ param, statusCode }: Stripe.errors.StripeError) => ({ param, statusCode });

test('a balance in one currency never pays in another', async () => {
  const customer = await someone({ usd: -1333, eur: -700, jpy: 250 });
  expect(await balancesOf(customer)).toEqual({ balance: -1333, usd: 1333, eur: 700, jpy: -250 });
  const sold = async (currency: string, amount: number) => {
    await stripe.invoiceItems.create({ customer, currency, amount });
    const { id } = await stripe.invoices.create({ customer, currency, pending_invoice_items_behavior: 'include' });
    return stripe.invoices.finalizeInvoice(id);
  };
  expect(await sold('eur', 1000)).toMatchObject({ starting_balance: -700, ending_balance: 0, amount_due: 300 });
  const yen = await sold('jpy', 1000);
  expect(yen).toMatchObject({ starting_balance: 250, ending_balance: 0, amount_due: 1250 });
  expect(await sold('gbp', 1000)).toMatchObject({ starting_balance: 0, ending_balance: 0, amount_due: 1000 });
  expect(await sold('usd', 333)).toMatchObject({ starting_balance: -1333, ending_balance: -1000, amount_due: 0, status: 'paid' });
  expect(await sold('kwd', -5000)).toMatchObject({ starting_balance: 0, ending_balance: -5000, amount_due: 0 });
  expect(await balancesOf(customer)).toEqual({ balance: -1000, usd: 1000, eur: 0, jpy: 0, kwd: 5000 });
  await stripe.invoices.voidInvoice(yen.id);
  expect(await balancesOf(customer)).toMatchObject({ balance: -1000, jpy: -250 });
  const history = await stripe.customers.listBalanceTransactions(customer, { limit: 100 });
  expect(history.data.filter(({ currency }) => currency === 'eur').map(({ amount, ending_balance }) => [amount, ending_balance])).toEqual([
    [700, 0],
    [-700, -700],
  ]);
  expect(await booksBalance(product.sql)).toEqual([]);
});
