import { createValueList } from '../../../domain/fraud/value-lists';
import { LIST_TYPES } from '../../../domain/rows/radar';
import { operation } from '../../http/operation';
import { metadata, name, oneOf, parameters } from '../../http/parameters';
import { alias, changeLists } from './list-facts';

/**
 * Creates a list of values, which rules name by its alias.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_already_exists
 */
export const createRadarValueList = operation({
  method: 'post',
  path: '/v1/radar/value_lists',
  summary: 'Create a value list',
  tag: 'Radar',
  parameters: parameters({
    alias: alias(),
    item_type: oneOf(LIST_TYPES).optional(),
    metadata: metadata().optional(),
    name: name({ max: 100 }),
  }),
  shows: 'valueList',
  handle: (request) =>
    changeLists(request, {
      step: 'createValueList',
      plan: (changes) => {
        createValueList(changes, request.parameters);
      },
    }),
});
