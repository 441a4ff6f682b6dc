/**
 * Mails while workers and the database are killed: each is sent once, twice only where no answer was heard, none is lost, and none comes before
 * its payment. Everything is broken first, and what became of it is looked at afterwards, because a try that was killed is repeated after
 * DEADLINES.mailCall. A mail server that fails: `test/outages/mail-server.slow.test.ts`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startMailSink, type MailSink, type SunkMail } from '../../scripts/mail-sink';
import { contradictions } from './books';
import { insist, startStack, until, type ChaosStack } from './stack';
import { customerWith, once } from './world';

let stack: ChaosStack;
let sink: MailSink;
/** What happens once when a mail has been taken, before the answer, by its recipient. */
const traps = new Map<string, () => Promise<void>>();
/** Mails that came before their payment had succeeded. */
const early: string[] = [];
const STORM = Array.from({ length: 20 }, (_, number) => `storm${String(number)}`);

jest.setTimeout(300_000);
beforeAll(async () => {
  sink = await startMailSink();
  sink.onTaken = taken;
  stack = await startStack({ SMTP_URL: sink.url });
  const mail = { delivery: 'smtp', from: 'billing@shop.example.com' };
  await insist(() => stack.stripe.rawRequest('POST', '/v1/account_settings', { mail }));
  await loseTheDatabase();
  await storm();
  await killTheSender();
}, 240_000);
afterAll(async () => {
  await stack.stop();
  await sink.close();
}, 120_000);
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

async function taken({ to, headers }: SunkMail): Promise<void> {
  const id = headers['x-dunlin-mail'] ?? '';
  const [payment] = await insist(
    () => stack.sql<{ status: string }[]>`
      select p.status from payment_intents p join charges c on c.payment_intent = p.id join mails m on m.about = c.id where m.id = ${id}`,
  );
  if (payment?.status !== 'succeeded') early.push(`${id} ${String(payment?.status)}`);
  const trap = traps.get(to.join());
  traps.delete(to.join());
  await trap?.();
}

/** The database is killed when the mail server has a mail, and has not answered yet. */
async function loseTheDatabase(): Promise<void> {
  const away = trapped('remembered', () => {
    stack.kill('postgres');
    return Promise.resolve();
  });
  await pay('remembered');
  await away;
}

/** Workers and the database are killed while twenty customers pay. */
async function storm(): Promise<void> {
  const paying = Promise.all(STORM.map(pay));
  for (const victim of ['worker', 'postgres', 'worker', 'worker'] as const) {
    await sleep(2_500);
    await stack.replace(victim);
  }
  await paying;
}

/** The worker is killed when the mail server has a mail, which never answers. */
async function killTheSender(): Promise<void> {
  const killed = trapped('killed', () => {
    stack.kill('worker');
    return new Promise(() => undefined);
  });
  await pay('killed');
  await killed;
}

/** Resolves when the first mail to somebody has come, and `act` has begun. */
function trapped(who: string, act: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    traps.set(addressOf(who), () => {
      resolve();
      return act();
    });
  });
}

interface Row {
  id: string;
  status: string;
  tries: number;
}

const addressOf = (who: string): string => `${who}@example.com`;

/** Somebody pays, and is to have a receipt. */
async function pay(who: string): Promise<void> {
  const customer = await customerWith(stack, 'pm_card_visa');
  const [names, pays] = [once(), once()];
  await insist(() => stack.stripe.customers.update(customer, { email: addressOf(who) }, names));
  const params = { customer, amount: 1900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, off_session: true };
  await insist(() => stack.stripe.paymentIntents.create(params, pays));
}

const sentTo = (who: string): Promise<Row> =>
  until(
    async () => {
      const [row, ...others] = await stack.sql<Row[]>`select id, status, tries from mails where recipient = ${addressOf(who)}`;
      expect(others).toEqual([]);
      return row?.status === 'sent' ? row : undefined;
    },
    { what: `the mail to ${who}`, timeoutMs: 200_000, everyMs: 500 },
  );
const heldBy = (who: string) => sink.mails.filter(({ to }) => to.includes(addressOf(who)));

test('a database that is away when the answer comes: the answer is remembered, and the mail comes once', async () => {
  expect(await sentTo('remembered')).toMatchObject({ tries: 1 });
  expect(heldBy('remembered')).toHaveLength(1);
});

test('a worker that is killed before it hears the answer: the same mail comes again, under the same id', async () => {
  expect(await sentTo('killed')).toMatchObject({ tries: 2 });
  const [first, second, ...others] = heldBy('killed');
  expect(others).toEqual([]);
  expect(second?.headers['message-id']).toBe(first?.headers['message-id']);
  expect(second?.headers['subject']).toBe(first?.headers['subject']);
});

test('while workers and the database are killed, no receipt comes before its payment has succeeded, and none is missing', async () => {
  for (const who of STORM) {
    const { tries } = await sentTo(who);
    const ids = heldBy(who).map(({ headers }) => headers['message-id']);
    expect([new Set(ids).size, ids.length <= tries]).toEqual([1, true]);
  }
  expect(early).toEqual([]);
});
