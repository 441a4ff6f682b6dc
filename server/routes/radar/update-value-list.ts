import { updateValueList } from '../../../domain/fraud/value-lists';
import { operation } from '../../http/operation';
import { metadata, name, parameters } from '../../http/parameters';
import { alias, changeLists } from './list-facts';

/**
 * Changes a list's alias, name or metadata. Its type never changes.
 *
 * @throws BillingError resource_missing, resource_already_exists, parameter_invalid while a rule names the old alias
 */
export const updateRadarValueList = operation({
  method: 'post',
  path: '/v1/radar/value_lists/:value_list',
  summary: 'Update a value list',
  tag: 'Radar',
  parameters: parameters({ alias: alias().optional(), metadata: metadata().optional(), name: name({ max: 100 }).optional() }),
  shows: 'valueList',
  handle: (request) => {
    const id = request.pathId('value_list');
    return changeLists(request, {
      step: 'updateValueList',
      id,
      plan: (changes) => {
        updateValueList(changes, id, request.parameters);
      },
    });
  },
});
