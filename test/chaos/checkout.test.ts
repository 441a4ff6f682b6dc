/** A buyer pays on the page while processes die and connections break: one charge, and the page says how it stands. */
import type Stripe from 'stripe';
import { contradictions } from './books';
import { holdCommit, installHolds } from './hold';
import { insist, startStack, until, type ChaosStack } from './stack';
import { monthly } from './world';

let stack: ChaosStack;
jest.setTimeout(300_000);
beforeAll(async () => {
  stack = await startStack({ DATABASE_POOL: '30' });
  await installHolds(stack.sql);
}, 240_000);
afterAll(() => stack.stop());
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

const SUCCESS = 'https://shop.example.com/thanks';
const ENTRIES = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
const BODY = new URLSearchParams({ ...ENTRIES, withdrawal_consent: 'yes', renewal_consent: 'yes' });

const open = async (amount: number): Promise<Stripe.Checkout.Session> =>
  stack.stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: SUCCESS,
    line_items: [{ price: await monthly(stack, amount), quantity: 1 }],
  });

const submit = (session: Stripe.Checkout.Session, signal?: AbortSignal): Promise<Response> =>
  fetch(session.url ?? '', { method: 'POST', body: BODY, redirect: 'manual', ...(signal ? { signal } : {}) });

/** Submits the form until there is an answer. */
const insistOn = (session: Stripe.Checkout.Session): Promise<Response> => until(() => submit(session), { what: 'an answer to the form' });

/** Reloads the page until it leads back to the shop. */
async function returned(session: Stripe.Checkout.Session): Promise<void> {
  const pages: string[] = [];
  await until(
    async () => {
      const response = await fetch(session.url ?? '', { redirect: 'manual' });
      if (response.headers.get('location') === SUCCESS) return true;
      pages.push(await response.text());
      return false;
    },
    { what: 'the way back to the shop', timeoutMs: 120_000, everyMs: 250 },
  );
  // The processor charges, so no page may say that it does not, or offer to pay again.
  expect(pages.filter((page) => page.includes('Nothing was charged') || page.includes('data-payment'))).toEqual([]);
}

/** Everything that the buyer was charged for, and has. */
async function boughtBy(session: Stripe.Checkout.Session) {
  const { customer } = await insist(() => stack.stripe.checkout.sessions.retrieve(session.id));
  const of = { customer: customer as string };
  const [charges, subscriptions, invoices] = await Promise.all([
    stack.stripe.charges.list(of),
    stack.stripe.subscriptions.list({ ...of, status: 'all' }),
    stack.stripe.invoices.list(of),
  ]);
  return {
    charges: charges.data.map(({ amount, status }) => [amount, status]),
    subscriptions: subscriptions.data.map(({ status }) => status),
    invoices: invoices.data.map(({ status }) => status),
  };
}

const bought = (amount: number) => ({ charges: [[amount, 'succeeded']], subscriptions: ['active'], invoices: ['paid'] });

test.each([
  ['worker', 'lose', 2_101],
  ['worker', 'keep', 2_102],
  ['server', 'keep', 2_103],
] as const)(
  'the %s killed while the processor charges (%s): a reload and a second submission charge nothing more',
  async (victim, fate, amount) => {
    const session = await open(amount);
    const hold = await holdCommit(stack.sql, String(amount), 'charge');
    const first = submit(session).catch(() => null);
    await hold.reached();
    stack.kill(victim);
    await hold[fate]();
    await first;
    await insistOn(session);
    await returned(session);
    expect(await boughtBy(session)).toEqual(bought(amount));
  },
);

test('the connection breaks after the charge and before its answer: the page leads back to the shop, and the same form again charges nothing', async () => {
  const session = await open(2_104);
  const hold = await holdCommit(stack.sql, '2104', 'charge');
  const connection = new AbortController();
  const lost = submit(session, connection.signal).catch(() => 'lost');
  await hold.reached();
  connection.abort();
  expect(await lost).toBe('lost');
  await hold.keep();
  const again = await submit(session);
  expect(await again.text()).not.toContain('Nothing was charged');
  await returned(session);
  expect((await submit(session)).headers.get('location')).toBe(SUCCESS);
  expect(await boughtBy(session)).toEqual(bought(2_104));
});

test('the server restarts between the page and its form: the form that the buyer has open still pays once', async () => {
  const session = await open(2_105);
  expect(await (await fetch(session.url ?? '')).text()).toContain('$21.05');
  await stack.replace('server');
  await insistOn(session);
  await returned(session);
  expect(await boughtBy(session)).toEqual(bought(2_105));
});

test.each(['lose', 'keep'] as const)('the worker is killed when the bank has decided a debit (%s): it is settled once', async (fate) => {
  const { id: price } = await stack.stripe.prices.create({ currency: 'eur', unit_amount: 2_106, product_data: { name: 'Book' } });
  const session = await stack.stripe.checkout.sessions.create({
    ...{ mode: 'payment', success_url: SUCCESS, line_items: [{ price, quantity: 1 }], customer_creation: 'always' },
    payment_method_types: ['sepa_debit'],
  });
  const hold = await holdCommit(stack.sql, 'payment/%', 'settleDebit');
  const body = new URLSearchParams({
    ...{
      email: 'ada@example.com',
      method: 'sepa_debit',
      sepa_debit_iban: 'DE89370400440532013000',
      sepa_debit_holder: 'Ada',
      attempt: '0',
    },
  });
  expect((await fetch(session.url ?? '', { method: 'POST', body, redirect: 'manual' })).headers.get('location')).toBe(SUCCESS);
  expect(await stack.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  await hold.reached();
  stack.kill('worker');
  await hold[fate]();
  const retrieved = () => insist(() => stack.stripe.checkout.sessions.retrieve(session.id));
  await until(async () => (await retrieved()).payment_status === 'paid', { what: 'the payment', timeoutMs: 120_000, everyMs: 250 });
  const { payment_intent: intent } = await retrieved();
  const charges = await stack.stripe.charges.list({ payment_intent: intent as string });
  expect(charges.data.map(({ amount, status }) => [amount, status])).toEqual([[2_106, 'succeeded']]);
  const [charge] = charges.data;
  expect((await stack.stripe.balanceTransactions.list({ source: charge?.id ?? '' })).data.map(({ amount }) => amount)).toEqual([2_106]);
});
