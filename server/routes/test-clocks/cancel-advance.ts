import { loadClock } from '../../../db/test-clocks';
import { cancelAdvance } from '../../../domain/test-clock/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { pathClock, wakeClock } from './clock';

/**
 * Dunlin's own: stops an advance where it is. The clock is `ready` at its present frozen time. Work that is due at that instant and not
 * done yet is done soon after, or first by the next advance. A clock that is not advancing is returned unchanged.
 *
 * @throws BillingError resource_missing
 */
export const cancelTestClockAdvance = operation({
  method: 'post',
  path: '/v1/test_helpers/test_clocks/:test_clock/cancel_advance',
  summary: 'Stop the advance of a test clock where it is',
  tag: 'Test clocks',
  own: true,
  parameters: parameters({}),
  shows: 'testClock',
  async handle(request) {
    const id = await pathClock(request);
    await request.change({
      step: 'cancelAdvance',
      customer: null,
      subject: id,
      load: (tx) => loadClock(tx, id),
      plan: (changes) => {
        present(changes, 'testClock', id);
        cancelAdvance(changes, id);
      },
    });
    await wakeClock(request, id);
    return { kind: 'testClock', key: id };
  },
});
