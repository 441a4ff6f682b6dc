/** Dunlin's own: what was copied to a test clock. */
import { z } from 'zod';
import { testClock } from './test-clock';

const pair = () => z.strictObject({ copy: z.string(), original: z.string() });

export const testClockCopy = z
  .strictObject({
    object: z.literal('test_helpers.test_clock_copy'),
    customers: z.array(pair()),
    livemode: z.literal(false),
    subscriptions: z.array(pair()),
    test_clock: testClock,
  })
  .meta({ id: 'test_helpers.test_clock_copy' });
export type WireTestClockCopy = z.output<typeof testClockCopy>;
