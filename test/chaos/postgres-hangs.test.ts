/** Postgres that stops in the middle of everything, its connections open, for seconds and for minutes. */
import { liveThrough } from './outage';
import { startPlant, type Plant } from './plant';
import { monthly } from './world';

let plant: Plant;
let price: string;
jest.setTimeout(900_000);
beforeAll(async () => {
  plant = await startPlant();
  price = await monthly(plant.stack);
}, 240_000);
afterAll(() => plant.stop(), 120_000);

test.each([13, 60, 190, 300])(
  'Postgres hangs for %i seconds, and the worker is killed during and after it: everything due is done once, and no caller waits without an answer',
  async (seconds) => {
    const { postgres, stack } = plant;
    const [begin, end] = [postgres.freeze, postgres.thaw];
    await liveThrough(stack, price, { name: 'Postgres hangs', seconds, begin, end });
  },
);
