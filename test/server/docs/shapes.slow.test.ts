/** shapes.test.ts has the release that answers by default. */
import { wrongExamples } from './wrong-examples';

test.each(['2026-08-26.dahlia', '2026-10-28.endive'] as const)('each example of %s fits its shape', async (version) => {
  expect(await wrongExamples(version)).toEqual([]);
});
