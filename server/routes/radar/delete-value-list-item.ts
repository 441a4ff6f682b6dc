import { byKey, loadMatching } from '../../../db/matching';
import { deleteFromValueList } from '../../../domain/fraud/value-lists';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Takes a value off its list.
 *
 * @throws BillingError resource_missing
 */
export const deleteRadarValueListItem = operation({
  method: 'delete',
  path: '/v1/radar/value_list_items/:item',
  summary: 'Delete a value list item',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'valueListItem',
  async handle(request) {
    const { id, valueList } = await request.find('valueListItem', request.pathId('item'));
    await request.change({
      step: 'deleteValueListItem',
      customer: null,
      subject: valueList,
      load: (tx) => loadMatching(tx, request.scope, [byKey('valueListItem', id)]),
      plan: (changes) => {
        present(changes, 'valueListItem', id);
        deleteFromValueList(changes, id);
      },
    });
    return { kind: 'valueListItem', key: id };
  },
});
