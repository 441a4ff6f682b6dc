import { list } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists test clocks, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listTestClocks = operation({
  method: 'get',
  path: '/v1/test_helpers/test_clocks',
  summary: 'List test clocks',
  tag: 'Test clocks',
  parameters: parameters({ ...pagination, ...orderedAs('test_clocks') }),
  shows: 'testClock',
  handle: (request) => list(request, 'testClock', []),
});
