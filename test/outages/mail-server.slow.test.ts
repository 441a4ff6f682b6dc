/** A mail server that is away, slow, or asks to come again: mails are late then, nothing else is, and each comes once. */
import { startMailSink, type MailSink } from '../../scripts/mail-sink';
import { booksBalanceAfterEach } from '../ledger/books';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

let product: Product;
let sink: MailSink;
beforeAll(async () => {
  sink = await startMailSink();
  product = await startProduct({ smtpUrl: sink.url, sweepEveryMs: 2_000 });
  await product.post('/v1/account_settings', { mail: { delivery: 'smtp', from: 'billing@shop.example.com' } });
}, 120_000);
afterAll(async () => {
  await product.stop();
  await sink.close();
});
beforeEach(() => {
  sink.mails.length = 0;
  sink.answer = 'take';
  sink.slowMs = 0;
});
booksBalanceAfterEach({
  get sql() {
    return product.sql;
  },
});

interface Row {
  status: string;
  tries: number;
  problem: string | null;
}

const twelve = (name: string): string[] => Array.from({ length: 12 }, (_, number) => `${name}${String(number)}@example.com`);

/** Somebody pays, and is to have a receipt. Returns the status of the payment. */
async function pay(email: string): Promise<string> {
  const { stripe } = product;
  const customer = (await stripe.customers.create({ email })).id;
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const params = { customer, amount: 1900, currency: 'usd', payment_method: card.id, confirm: true, off_session: true };
  return (await stripe.paymentIntents.create(params)).status;
}

const rowOf = async (email: string): Promise<Row | undefined> => {
  const [row, ...others] = await product.sql<Row[]>`select status, tries, problem from mails where recipient = ${email}`;
  expect(others).toEqual([]);
  return row;
};

/** Until so many tries have begun, of which one has failed. */
function untilTried(email: string, tries: number): Promise<unknown> {
  const isTried = async (): Promise<boolean> => {
    const row = await rowOf(email);
    return row?.tries === tries && row.problem !== null;
  };
  return until(isTried, { what: `try ${String(tries)} of the mail to ${email}`, timeoutMs: 150_000 });
}

async function sentTo(email: string): Promise<Row | undefined> {
  await until(async () => (await rowOf(email))?.status === 'sent', { what: `the mail to ${email}`, timeoutMs: 200_000 });
  return rowOf(email);
}

const arrived = (people: string[]): number[] => people.map((email) => sink.mails.filter(({ to }) => to.includes(email)).length);

test('a mail server that is away for more than a minute delays mails and nothing else: each comes once when it is back', async () => {
  const port = Number(new URL(sink.url).port);
  await sink.close();
  const people = twelve('away');
  expect(await Promise.all(people.map(pay))).toEqual(people.map(() => 'succeeded'));
  for (const email of people) await untilTried(email, 2);
  for (const email of people) expect(await rowOf(email)).toMatchObject({ status: 'pending' });
  sink = await startMailSink(port);
  for (const email of people) await sentTo(email);
  expect(arrived(people)).toEqual(people.map(() => 1));
});

test('a mail server that is so slow that twelve mails take longer than one may: each comes once, at the first try', async () => {
  sink.slowMs = 12_000;
  const people = twelve('slow');
  await Promise.all(people.map(pay));
  for (const email of people) expect(await sentTo(email)).toMatchObject({ tries: 1 });
  expect(arrived(people)).toEqual(people.map(() => 1));
});

test('a server that asks strangers to come again (greylisting) gets the mail a minute later, once', async () => {
  sink.answer = 'later';
  const email = 'grey@example.com';
  await pay(email);
  await untilTried(email, 1);
  sink.answer = 'take';
  expect(await sentTo(email)).toMatchObject({ tries: 2 });
  expect(arrived([email])).toEqual([1]);
});
