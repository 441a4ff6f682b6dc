import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, name, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists the values of a list, newest first.
 *
 * @throws BillingError resource_missing, parameter_missing, parameters_exclusive
 */
export const listRadarValueListItems = operation({
  method: 'get',
  path: '/v1/radar/value_list_items',
  summary: 'List value list items',
  tag: 'Radar',
  parameters: parameters({ ...pagination, created: range().optional(), value: name({ max: 800 }).optional(), value_list: id() }),
  shows: 'valueListItem',
  async handle(request) {
    const { created, value, value_list: of } = request.parameters;
    await request.find('valueList', of, 'value_list');
    return list(request, 'valueListItem', [equals('valueList', of), equals('value', value), rangeFilter('created', created)]);
  },
});
