/** cutover.test.ts has one short life of these. */
import { testAnyOrder } from './any-order';
import { useMoving } from './moving';

const moving = useMoving();

for (const seed of [3, 17, 58]) testAnyOrder(moving, { seed, cards: 4, rounds: 7 });
