import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathClock } from './clock';

/**
 * Retrieves a test clock, with its progress while it is advancing.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTestClock = operation({
  method: 'get',
  path: '/v1/test_helpers/test_clocks/:test_clock',
  summary: 'Retrieve a test clock',
  tag: 'Test clocks',
  parameters: parameters({}),
  shows: 'testClock',
  handle: async (request) => ({ kind: 'testClock', key: await pathClock(request) }),
});
