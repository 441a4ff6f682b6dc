import { contradictions, storyOf } from './books';
import { insist, startStack, type ChaosStack } from './stack';
import { Storm } from './storm';
import { QUARTER, tell } from './story';

let stack: ChaosStack;
beforeAll(async () => {
  stack = await startStack();
}, 240_000);
afterAll(() => stack.stop());

test('a quarter with a failing card ends the same when worker, server, Temporal and Postgres are killed on the way', async () => {
  const cast = ['recovering'];
  const calm = await tell(stack, 'calm', QUARTER, cast);
  const storm = new Storm(stack, { seed: 7, kills: { worker: 1, server: 1, temporal: 1, postgres: 1 }, pauseMs: [200, 1_500] });
  const stormy = await tell(stack, 'stormy', QUARTER, cast);
  await storm.calm();
  expect(storm.killed.length).toBe(4);
  expect(await insist(() => storyOf(stack.sql, stormy))).toEqual(await insist(() => storyOf(stack.sql, calm)));
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
}, 240_000);
