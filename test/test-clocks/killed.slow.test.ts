import { startSystem, until, type TestSystem } from '../support/system';
import { spawnWorker } from '../support/worker-process';
import { DAY, monthlyPrice, storyOf, subscribe, T0, untilReady } from './lifecycle';

let system: TestSystem;
let price: string;
beforeAll(async () => {
  system = await startSystem();
  price = await monthlyPrice(system);
}, 120_000);
afterAll(() => system.stop());

const newClock = async (): Promise<string> => (await system.stripe.testHelpers.testClocks.create({ frozen_time: T0 })).id;

test('a worker killed three times on the way does not change the result', async () => {
  const [quiet, stormy] = [await newClock(), await newClock()];
  const cards = ['pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_visa'];
  const undisturbed = await Promise.all(cards.map((card) => subscribe(system, { clock: quiet, price, card })));
  await system.stripe.testHelpers.testClocks.advance(quiet, { frozen_time: T0 + 130 * DAY });
  await untilReady(system, quiet);
  const disturbed = await Promise.all(cards.map((card) => subscribe(system, { clock: stormy, price, card })));
  await system.stopWorker();
  await system.stripe.testHelpers.testClocks.advance(stormy, { frozen_time: T0 + 130 * DAY });
  for (const days of [20, 60, 95]) {
    const worker = await spawnWorker(system);
    await until(async () => (await system.stripe.testHelpers.testClocks.retrieve(stormy)).frozen_time > T0 + days * DAY, {
      timeoutMs: 60_000,
    });
    await worker.kill();
  }
  await system.startWorker();
  await untilReady(system, stormy, 90_000);
  for (const [index, { subscription }] of disturbed.entries()) {
    const calm = await storyOf(system, undisturbed[index]?.subscription.id ?? '');
    expect(calm.length).toBeGreaterThan(10);
    expect(await storyOf(system, subscription.id)).toEqual(calm);
  }
}, 240_000);
