/** Postgres that is killed, and started again later: connections are refused meanwhile. */
import { liveThrough } from './outage';
import { startPlant, type Plant } from './plant';
import { monthly } from './world';

let plant: Plant;
let price: string;
jest.setTimeout(600_000);
beforeAll(async () => {
  plant = await startPlant();
  price = await monthly(plant.stack);
}, 240_000);
afterAll(() => plant.stop(), 120_000);

test.each([15, 120])(
  'Postgres is down for %i seconds, and the worker is killed in it and after it: what was due is done once, and nobody waits in vain',
  async (seconds) => {
    const { postgres, stack } = plant;
    const [begin, end] = [() => postgres.kill(), () => postgres.start()];
    await liveThrough(stack, price, { name: 'Postgres refuses', seconds, begin, end });
  },
);
