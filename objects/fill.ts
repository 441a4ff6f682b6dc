/** Renders fills of the sandbox: Dunlin's own. */
import { percentOf } from '../domain/money/money';
import { PARTS_OF_A_MONTH, type Fill } from '../domain/rows/fill';
import type { WireFill } from './shapes/fill';

export function toFill({
  id,
  created,
  customers,
  doing,
  endedAt,
  failure,
  livemode,
  months,
  partsDone,
  startsAt,
  status,
  testClock,
}: Fill): WireFill {
  const parts = months * PARTS_OF_A_MONTH;
  return {
    ...{ id, object: 'test_helpers.fill' as const, created, customers, ended_at: endedAt, failure, livemode, months },
    progress: { doing, parts, parts_left: parts - partsDone, percent: percentOf(partsDone, parts) ?? '0' },
    ...{ start: startsAt, status, test_clock: testClock },
  };
}
