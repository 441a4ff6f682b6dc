import { byKey, loadMatching } from '../../../db/matching';
import { countItems } from '../../../db/fraud';
import { addToValueList, comparedAs } from '../../../domain/fraud/value-lists';
import { operation } from '../../http/operation';
import { id, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Puts a value on a list. It counts from the next charge.
 *
 * @throws BillingError resource_missing, parameter_invalid for a value of another type, resource_already_exists, too_many_items
 */
export const createRadarValueListItem = operation({
  method: 'post',
  path: '/v1/radar/value_list_items',
  summary: 'Create a value list item',
  tag: 'Radar',
  parameters: parameters({ value: name({ max: 800 }), value_list: id() }),
  shows: 'valueListItem',
  async handle(request) {
    const { value, value_list: of } = request.parameters;
    const { itemType } = await request.find('valueList', of, 'value_list');
    let count = 0;
    await request.change({
      step: 'createValueListItem',
      customer: null,
      subject: of,
      load: async (tx) => {
        count = await countItems(tx, of);
        const same = [
          { column: 'valueList', equals: of },
          { column: 'compared', equals: comparedAs(itemType, value) },
        ];
        return loadMatching(tx, request.scope, [byKey('valueList', of), { kind: 'valueListItem', filters: same }]);
      },
      plan: (changes) => {
        addToValueList(changes, present(changes, 'valueList', of, { param: 'value_list' }), value, { count });
      },
    });
    return { kind: 'valueListItem', key: request.newIdIn(of, 'rsli') };
  },
});
