/** Dunlin on a Temporal server whose state is in Postgres, as production has it; the other tests use Temporal's dev server. */
import { withTemporalServer } from '../../scripts/temporal-server/throwaway';
import { contradictions, storyOf } from './books';
import { insist, startStack } from './stack';
import { Storm } from './storm';
import { QUARTER, tell } from './story';

test('on a Temporal server with Postgres, a quarter with a failing card is the same story when worker and server are killed on the way', async () => {
  await withTemporalServer({}, async ({ address }) => {
    const stack = await startStack({ TEMPORAL_ADDRESS: address });
    try {
      const cast = ['recovering'];
      const calm = await tell(stack, 'calm', QUARTER, cast);
      const storm = new Storm(stack, { seed: 11, kills: { worker: 2, server: 2, temporal: 0, postgres: 0 }, pauseMs: [200, 1_500] });
      const stormy = await tell(stack, 'stormy', QUARTER, cast);
      await storm.calm();
      expect(storm.killed.length).toBe(4);
      expect(await insist(() => storyOf(stack.sql, stormy))).toEqual(await insist(() => storyOf(stack.sql, calm)));
      expect(await insist(() => contradictions(stack.sql))).toEqual([]);
    } finally {
      await stack.stop();
    }
  });
}, 900_000);
