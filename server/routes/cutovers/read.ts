import { CUTOVER_STATUSES } from '../../../domain/rows/cutover';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Retrieves a cutover.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCutover = operation({
  method: 'get',
  path: '/v1/cutovers/:cutover',
  summary: 'Retrieve a cutover',
  tag: 'Migration',
  own: true,
  parameters: parameters({}),
  shows: 'cutover',
  async handle(request) {
    const { id: key } = await request.find('cutover', request.pathId('cutover'));
    return { kind: 'cutover', key };
  },
});

/**
 * Lists cutovers, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listCutovers = operation({
  method: 'get',
  path: '/v1/cutovers',
  summary: 'List cutovers',
  tag: 'Migration',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('cutovers'),
    customer: id().optional(),
    status: oneOf(CUTOVER_STATUSES).optional(),
  }),
  shows: 'cutover',
  handle: (request) => {
    const { customer, status } = request.parameters;
    return list(request, 'cutover', [equals('customer', customer), equals('status', status)]);
  },
});
