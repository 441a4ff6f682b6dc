import { deleteValueList } from '../../../domain/fraud/value-lists';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeLists } from './list-facts';

/**
 * Deletes a list and all that is on it.
 *
 * @throws BillingError resource_missing, parameter_invalid while a rule names it, and for a list that every account has
 */
export const deleteRadarValueList = operation({
  method: 'delete',
  path: '/v1/radar/value_lists/:value_list',
  summary: 'Delete a value list',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'valueList',
  handle: (request) => {
    const id = request.pathId('value_list');
    return changeLists(request, {
      step: 'deleteValueList',
      id,
      plan: (changes) => {
        deleteValueList(changes, id);
      },
    });
  },
});
