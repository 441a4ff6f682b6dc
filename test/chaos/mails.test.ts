/** Mails while the worker, the database or the mail server fails: each is sent once, twice only where no answer was heard, and none is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startMailSink, type MailSink } from '../../scripts/mail-sink';
import { contradictions } from './books';
import { insist, startStack, until, type ChaosStack } from './stack';
import { customerWith, once } from './world';

let stack: ChaosStack;
let sink: MailSink;
jest.setTimeout(900_000);
beforeAll(async () => {
  sink = await startMailSink();
  stack = await startStack({ SMTP_URL: sink.url });
  const mail = { delivery: 'smtp', from: 'billing@shop.example.com' };
  await insist(() => stack.stripe.rawRequest('POST', '/v1/account_settings', { mail }));
}, 240_000);
afterAll(async () => {
  await stack.stop();
  await sink.close();
}, 120_000);
beforeEach(() => {
  sink.mails.length = 0;
  sink.answer = 'take';
  sink.slowMs = 0;
  sink.onTaken = () => Promise.resolve();
});
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

interface Row {
  id: string;
  status: string;
  tries: number;
  recipient: string;
}

const addressOf = (who: string): string => `${who}@example.com`;

/** Somebody pays, and is to have a receipt. */
async function pay(who: string): Promise<string> {
  const customer = await customerWith(stack, 'pm_card_visa');
  const [names, pays] = [once(), once()];
  await insist(() => stack.stripe.customers.update(customer, { email: addressOf(who) }, names));
  const params = { customer, amount: 1900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, off_session: true };
  return (await insist(() => stack.stripe.paymentIntents.create(params, pays))).id;
}

const rowsOf = (who: string): Promise<Row[]> =>
  insist(() => stack.sql<Row[]>`select id, status, tries, recipient from mails where recipient = ${addressOf(who)}`);

const sentTo = (who: string): Promise<Row> =>
  until(
    async () => {
      const [row, ...others] = await rowsOf(who);
      expect(others).toEqual([]);
      return row?.status === 'sent' ? row : undefined;
    },
    { what: `the mail to ${who}`, timeoutMs: 400_000, everyMs: 500 },
  );
const heldBy = (who: string) => sink.mails.filter(({ to }) => to.includes(addressOf(who)));

/** The sink tells when it has a mail, before it answers. */
function taken(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    let isFirst = true;
    sink.onTaken = () => {
      if (isFirst) act();
      isFirst = false;
      resolve();
      return Promise.resolve();
    };
  });
}

test('a worker that is killed before it hears the answer: the same mail comes again, under the same id', async () => {
  sink.answer = 'hold';
  const killed = taken(() => stack.kill('worker'));
  await pay('killed');
  await killed;
  sink.answer = 'take';
  expect(await sentTo('killed')).toMatchObject({ tries: 2 });
  const [first, second, ...others] = heldBy('killed');
  expect(others).toEqual([]);
  expect(second?.headers['message-id']).toBe(first?.headers['message-id']);
  expect(second?.headers['subject']).toBe(first?.headers['subject']);
});

test('a database that is away when the answer comes: the answer is remembered, and the mail comes once', async () => {
  const away = taken(() => stack.kill('postgres'));
  await pay('remembered');
  await away;
  expect(await sentTo('remembered')).toMatchObject({ tries: 1 });
  expect(heldBy('remembered')).toHaveLength(1);
});

test('a mail server that is away for minutes delays mails and nothing else: each comes once when it is back', async () => {
  const port = Number(new URL(sink.url).port);
  await sink.close();
  const people = Array.from({ length: 12 }, (_, number) => `away${String(number)}`);
  const payments = await Promise.all(people.map(pay));
  for (const id of payments) expect((await stack.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  await sleep(150_000);
  for (const who of people) expect(await rowsOf(who)).toEqual([expect.objectContaining({ status: 'pending' })]);
  sink = await startMailSink(port);
  for (const who of people) await sentTo(who);
  expect(people.map((who) => heldBy(who).length)).toEqual(people.map(() => 1));
});

test('a mail server that is so slow that twelve mails take longer than one may: each comes once, at the first try', async () => {
  sink.slowMs = 12_000;
  const people = Array.from({ length: 12 }, (_, number) => `slow${String(number)}`);
  await Promise.all(people.map(pay));
  for (const who of people) expect(await sentTo(who)).toMatchObject({ tries: 1 });
  expect(people.map((who) => heldBy(who).length)).toEqual(people.map(() => 1));
});

test('a server that asks strangers to come again (greylisting) gets the mail a minute later', async () => {
  sink.answer = 'later';
  await pay('grey');
  await until(async () => (await rowsOf('grey'))[0]?.tries === 1, { what: 'a first try' });
  sink.answer = 'take';
  expect(await sentTo('grey')).toMatchObject({ tries: 2 });
  expect(heldBy('grey')).toHaveLength(1);
});

test('while workers and the database are killed, no receipt comes before its payment has succeeded, and none is missing', async () => {
  const early: string[] = [];
  sink.onTaken = async ({ headers }) => {
    const [payment] = await insist(
      () => stack.sql<{ status: string }[]>`
        select p.status from payment_intents p join charges c on c.payment_intent = p.id join mails m on m.about = c.id where m.id = ${headers['x-dunlin-mail'] ?? ''}`,
    );
    if (payment?.status !== 'succeeded') early.push(`${headers['x-dunlin-mail'] ?? ''} ${String(payment?.status)}`);
  };
  const people = Array.from({ length: 20 }, (_, number) => `storm${String(number)}`);
  const paying = Promise.all(people.map(pay));
  for (const victim of ['worker', 'postgres', 'worker', 'worker'] as const) {
    await sleep(2_500);
    await stack.replace(victim);
  }
  await paying;
  for (const who of people) {
    const { tries } = await sentTo(who);
    const ids = heldBy(who).map(({ headers }) => headers['message-id']);
    expect([new Set(ids).size, ids.length <= tries]).toEqual([1, true]);
  }
  expect(early).toEqual([]);
});
