import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists experiments, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listExperiments = operation({
  method: 'get',
  path: '/v1/experiments',
  summary: 'List experiments',
  tag: 'Experiments',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('experiments'),
    status: oneOf(['draft', 'promoted', 'running', 'stopped']).optional(),
  }),
  shows: 'experiment',
  handle: (request) => list(request, 'experiment', [equals('status', request.parameters.status)]),
});
