import { wakeTestClock } from '../../../temporal/test-clocks';
import { missing, type ApiRequest } from '../../http/request';

/**
 * The clock in the path; a deleted one is not found.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export async function pathClock(request: ApiRequest<unknown>): Promise<string> {
  const clock = await request.find('testClock', request.pathId('test_clock'));
  return clock.deleted ? missing('testClock', clock.id) : clock.id;
}

/** Wakes the clock's workflow. A hint: if it is lost, the sweep repairs that. */
export async function wakeClock(request: ApiRequest<unknown>, clock: string): Promise<void> {
  const { temporal, config, log } = request.deps;
  try {
    await wakeTestClock(temporal, config.taskQueue, { clock, ...request.scope });
  } catch (error) {
    log.warn({ err: error, clock }, 'a test clock was not told; the sweep will');
  }
}
