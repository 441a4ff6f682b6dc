/** Temporal that stops in the middle of everything, or is killed and started again later. */
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

test.each([
  ['hangs', 13],
  ['hangs', 60],
  ['hangs', 120],
  ['is down', 13],
  ['is down', 120],
] as const)(
  'Temporal %s for %i seconds, and the worker is killed during and after it: everything due is done once, and no caller waits without an answer',
  async (how, seconds) => {
    const { temporal, stack } = plant;
    const [begin, end] = how === 'hangs' ? [temporal.freeze, temporal.thaw] : [() => temporal.kill(), () => temporal.start()];
    await liveThrough(stack, price, { name: `Temporal ${how}`, seconds, begin, end });
  },
);
