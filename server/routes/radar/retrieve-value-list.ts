import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a list with its newest items.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRadarValueList = operation({
  method: 'get',
  path: '/v1/radar/value_lists/:value_list',
  summary: 'Retrieve a value list',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'valueList',
  async handle(request) {
    const { id, deleted } = await request.find('valueList', request.pathId('value_list'));
    return deleted ? missing('valueList', id) : { kind: 'valueList', key: id };
  },
});
