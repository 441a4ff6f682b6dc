import { chaosSeed } from '../support/chaos-seed';
import { startReceiver, type Receiver } from '../webhooks/receiver';
import { contradictions, storyOf } from './books';
import { outOfOrder, undelivered } from './inbox';
import { insist, startStack, until, type ChaosStack } from './stack';
import { Storm } from './storm';
import { tell, YEAR, type Cast } from './story';

const seed = chaosSeed(1);

let stack: ChaosStack;
let healthy: Receiver;
let dead: Receiver;
let endpoint: string;
let calm: Cast;
const stormy: Cast[] = [];
let storm: Storm;

jest.setTimeout(600_000);

beforeAll(async () => {
  [stack, healthy, dead] = await Promise.all([startStack(), startReceiver(), startReceiver()]);
  dead.answer(() => 'never');
  calm = await tell(stack, 'calm', YEAR);
  endpoint = (await stack.stripe.webhookEndpoints.create({ url: healthy.url, enabled_events: ['*'] })).id;
  await stack.stripe.webhookEndpoints.create({ url: dead.url, enabled_events: ['*'] });
  storm = new Storm(stack, { seed, kills: { worker: 5, server: 3, temporal: 4, postgres: 4 }, pauseMs: [500, 5_000] });
  // As many years as the storm lasts, however fast the machine is.
  while (!storm.exhausted) stormy.push(await tell(stack, `stormy ${String(stormy.length)}`, YEAR));
  await storm.calm();
  process.stderr.write(`seed ${String(seed)}: ${storm.killed.join(' ')}\n`);
}, 600_000);

afterAll(async () => {
  await stack.stop();
  await Promise.all([healthy.close(), dead.close()]);
});

test('a year of seven customers ends the same whichever process is killed: invoices, charges, events and their times', async () => {
  expect(storm.killed.length).toBe(16);
  const told = await insist(() => storyOf(stack.sql, calm));
  expect(endsOf(told)).toEqual({
    steady: 'active',
    recovering: 'active',
    trying: 'active',
    changing: 'active',
    using: 'active',
    leaving: 'canceled',
    exhausted: 'canceled',
  });
  for (const year of stormy) expect(await insist(() => storyOf(stack.sql, year))).toEqual(told);
});

test('no charge is made twice or lost, the ledger balances and matches what customers owe, and each change has one event', async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

test('every event reaches a healthy endpoint, in order per subscription, although processes are killed and another endpoint is down', async () => {
  await until(async () => (await undelivered(stack.sql, endpoint, healthy.received)).length === 0, {
    what: 'deliveries',
    timeoutMs: 150_000,
    everyMs: 500,
  });
  expect(await insist(() => outOfOrder(stack.sql, healthy.received))).toEqual([]);
  expect(dead.received.length).toBeGreaterThan(0);
});

const endsOf = (told: Awaited<ReturnType<typeof storyOf>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(told).map(([name, part]) => [name, part.subscription?.status]));
