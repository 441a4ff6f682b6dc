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
  'Postgres is down for %i seconds, and the worker is killed during and after it: everything due is done once, and no caller waits without an answer',
  async (seconds) => {
    const { postgres, stack } = plant;
    const [begin, end] = [() => postgres.kill(), () => postgres.start()];
    await liveThrough(stack, price, { name: 'Postgres refuses', seconds, begin, end });
  },
);
