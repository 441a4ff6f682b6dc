/** A whole account, billed in the shadow for three months. `DUNLIN_MOVING_CUSTOMERS` says how large it is. */
import { movingSize } from '../support/moving-size';
import { moveAccount } from './account';
import { startMoving, type Moving } from './moving';

const customers = movingSize(300);
let moving: Moving;

beforeAll(async () => {
  moving = await startMoving({ timeoutMs: 7_200_000 });
}, 240_000);
afterAll(() => moving.stop());

test('three months of shadow billing without a difference', async () => {
  const { run, shadows, differences } = await moveAccount(moving, { customers, seed: 10 });
  expect(differences).toEqual([]);
  expect(run.counts['customer']).toMatchObject({ taken: customers, refused: 0 });
  expect(run.counts['subscription']).toMatchObject({ taken: customers, refused: 0 });
  expect(Object.keys(shadows)).toEqual(['equal']);
  process.stdout.write(`${String(customers)} customers: ${String(shadows['equal'])} invoices are equal\n`);
}, 14_400_000);
