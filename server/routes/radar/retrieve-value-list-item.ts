import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a value of a list.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRadarValueListItem = operation({
  method: 'get',
  path: '/v1/radar/value_list_items/:item',
  summary: 'Retrieve a value list item',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'valueListItem',
  async handle(request) {
    const { id, deleted } = await request.find('valueListItem', request.pathId('item'));
    return deleted ? missing('valueListItem', id) : { kind: 'valueListItem', key: id };
  },
});
