import { refusalOf, startServer, type TestServer } from '../../server';

/** Without Temporal: what reached a workflow would be answered with 503. */
let server: TestServer;
let customer: string;
let price: string;
let oneTime: string;
let archived: string;
let product: string;

beforeAll(async () => {
  server = await startServer();
  const { stripe } = server;
  ({ id: customer } = await stripe.customers.create({}));
  ({ id: product } = await stripe.products.create({ name: 'Pro' }));
  ({ id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 1000, product, recurring: { interval: 'month' } }));
  ({ id: oneTime } = await stripe.prices.create({ currency: 'usd', unit_amount: 1000, product }));
  ({ id: archived } = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1000,
    product,
    recurring: { interval: 'month' },
    active: false,
  }));
});
afterAll(() => server.stop());

type Case = [wrong: () => object, refusal: { code?: string | undefined; param: string }];

const described = (change: object = {}) => ({ currency: 'usd', product, unit_amount: 5, recurring: { interval: 'month' }, ...change });
const item = (change: object) => ({ items: [{ price, ...change }] });

const CASES: Record<string, Case> = {
  'no customer': [() => ({ customer: undefined }), { code: 'parameter_missing', param: 'customer' }],
  'a customer who is not there': [() => ({ customer: 'cus_none' }), { code: 'resource_missing', param: 'customer' }],
  'no items': [() => ({ items: undefined }), { code: 'parameter_missing', param: 'items' }],
  'an item without a price': [() => ({ items: [{ price }, { quantity: 2 }] }), { code: 'parameter_missing', param: 'items[1][price]' }],
  'an unknown price': [() => ({ items: [{ price }, { price: 'price_none' }] }), { code: 'resource_missing', param: 'items[1][price]' }],
  'a price that is archived': [() => ({ items: [{ price: archived }] }), { param: 'items[0][price]' }],
  'a price that is paid once': [() => ({ items: [{ price: oneTime }] }), { param: 'items[0][price]' }],
  'a recurring price to be paid once': [() => ({ add_invoice_items: [{ price }] }), { param: 'add_invoice_items[0][price]' }],
  'a price both named and described': [
    () => item({ price_data: described() }),
    { code: 'parameters_exclusive', param: 'items[0][price_data]' },
  ],
  'a described price without an amount': [
    () => ({ items: [{ price_data: described({ unit_amount: undefined }) }] }),
    { code: 'parameter_missing', param: 'items[0][price_data][unit_amount]' },
  ],
  'a described price of no product': [
    () => ({ items: [{ price_data: described({ product: 'prod_none' }) }] }),
    { code: 'resource_missing', param: 'items[0][price_data][product]' },
  ],
  'a described price in no currency': [
    () => ({ items: [{ price_data: described({ currency: 'xxx' }) }] }),
    { param: 'items[0][price_data][currency]' },
  ],
  'a negative quantity': [() => item({ quantity: -1 }), { code: 'parameter_invalid_integer', param: 'items[0][quantity]' }],
  'an unknown tax rate': [() => item({ tax_rates: ['txr_none'] }), { code: 'resource_missing', param: 'items[0][tax_rates][0]' }],
  "another's payment method": [
    () => ({ default_payment_method: 'pm_none' }),
    { code: 'resource_missing', param: 'default_payment_method' },
  ],
  'an unknown coupon': [() => ({ discounts: [{ coupon: 'NONE' }] }), { code: 'resource_missing', param: 'discounts[0][coupon]' }],
  'a coupon and a discount in one': [
    () => ({ discounts: [{ coupon: 'A', discount: 'di_1' }] }),
    { code: 'parameters_exclusive', param: 'discounts[0][discount]' },
  ],
  'two ends of a trial': [() => ({ trial_end: 'now', trial_period_days: 7 }), { code: 'parameters_exclusive', param: 'trial_period_days' }],
  'two planned ends': [
    () => ({ cancel_at: 4_000_000_000, cancel_at_period_end: true }),
    { code: 'parameters_exclusive', param: 'cancel_at_period_end' },
  ],
  'two anchors': [
    () => ({ billing_cycle_anchor: 1_800_000_000, billing_cycle_anchor_config: { day_of_month: 1 } }),
    { code: 'parameters_exclusive', param: 'billing_cycle_anchor_config' },
  ],
  'an anchor on the 32nd': [
    () => ({ billing_cycle_anchor_config: { day_of_month: 32 } }),
    { param: 'billing_cycle_anchor_config[day_of_month]' },
  ],
  'sent invoices without days until due': [
    () => ({ collection_method: 'send_invoice' }),
    { code: 'parameter_missing', param: 'days_until_due' },
  ],
  'days until due of charged invoices': [() => ({ days_until_due: 7 }), { param: 'days_until_due' }],
  'an unknown enum value': [() => ({ payment_behavior: 'hope' }), { param: 'payment_behavior' }],
  'an unsupported parameter': [
    () => item({ current_trial: { trial_offer: 'offer_1' } }),
    { code: 'parameter_unsupported', param: 'items[0][current_trial]' },
  ],
  'an unknown parameter': [() => item({ color: 'red' }), { code: 'parameter_unknown', param: 'items[0][color]' }],
};

test.each(Object.keys(CASES))('%s: refused with its parameter, and nothing is left', async (name) => {
  const [wrong, refusal] = CASES[name] as Case;
  const params = { customer, items: [{ price }], ...wrong() };
  expect(await refusalOf(server.stripe.subscriptions.create(params as never))).toMatchObject({ statusCode: 400, ...refusal });
  expect(await left()).toEqual({ subscriptions: 0, commits: 0 });
});

async function left() {
  const [counts] = await server.database.sql`
    select (select count(*) from subscriptions) as subscriptions, (select count(*) from commits where step like '%ubscription%' or step like 'describe%') as commits`;
  return { ...counts };
}
