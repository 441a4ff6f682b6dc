import { byKey, loadMatching } from '../../../db/matching';
import { deletePrice } from '../../../domain/price/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, present } from '../../http/request';

/**
 * Deletes a plan: no new subscription can use it, and existing subscriptions keep it.
 *
 * @throws BillingError resource_missing, parameter_invalid (its product's default price)
 */
export const deletePlan = operation({
  method: 'delete',
  path: '/v1/plans/:plan',
  summary: 'Delete a plan',
  tag: 'Plans',
  parameters: parameters({}),
  shows: 'plan',
  async handle(request) {
    const { id, product } = await request.find('plan', request.pathId('plan'));
    await request.change({
      step: 'deletePlan',
      customer: null,
      // The plan must not be its product's default, so changes of the product wait for this one.
      subject: product,
      load: (tx) => loadMatching(tx, request.scope, [byKey('price', id), byKey('product', product)]),
      plan: (changes) => {
        if (present(changes, 'price', id).recurring === null) missing('plan', id);
        deletePrice(changes, id);
      },
    });
    return { kind: 'plan', key: id };
  },
});
