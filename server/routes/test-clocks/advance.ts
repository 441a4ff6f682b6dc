import { intervalsOnClock, loadClock } from '../../../db/test-clocks';
import type { BillingInterval } from '../../../domain/money/billing-period';
import { startAdvance } from '../../../domain/test-clock/changes';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { present } from '../../http/request';
import { pathClock, wakeClock } from './clock';

/**
 * Advances a test clock, by at most 1,100 periods of its shortest subscription. It answers at once: the clock is `advancing`, and becomes
 * `ready` when everything due is done.
 *
 * @throws BillingError resource_missing, parameter_invalid (too far), test_clock_backwards, test_clock_not_ready (an advance is under way)
 */
export const advanceTestClock = operation({
  method: 'post',
  path: '/v1/test_helpers/test_clocks/:test_clock/advance',
  summary: 'Advance a test clock',
  tag: 'Test clocks',
  parameters: parameters({ frozen_time: timestamp() }),
  shows: 'testClock',
  async handle(request) {
    const id = await pathClock(request);
    let intervals: BillingInterval[] = [];
    await request.change({
      step: 'startAdvance',
      customer: null,
      subject: id,
      load: async (tx) => {
        intervals = await intervalsOnClock(tx, id);
        return loadClock(tx, id);
      },
      plan: (changes) => {
        present(changes, 'testClock', id);
        startAdvance(changes, id, request.parameters.frozen_time, intervals);
      },
    });
    await wakeClock(request, id);
    return { kind: 'testClock', key: id };
  },
});
