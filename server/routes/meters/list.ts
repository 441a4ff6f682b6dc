import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists meters, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listMeters = operation({
  method: 'get',
  path: '/v1/billing/meters',
  summary: 'List meters',
  tag: 'Metering',
  parameters: parameters({ ...pagination, ...orderedAs('meters'), status: oneOf(['active', 'inactive']).optional() }),
  shows: 'meter',
  handle(request) {
    return list(request, 'meter', [equals('status', request.parameters.status)]);
  },
});
