import { byKey, loadMatching } from '../../../db/matching';
import { attachFeature } from '../../../domain/access/features';
import { operation } from '../../http/operation';
import { boolean, id, object, parameters, quantity } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Attaches a feature to a product. Subscriptions to the product that exist give it from their next period on. `usage_limit` is Dunlin's own.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing, resource_already_exists
 */
export const createProductFeature = operation({
  method: 'post',
  path: '/v1/products/:product/features',
  summary: 'Attach a feature to a product',
  tag: 'Products',
  parameters: parameters({
    entitlement_feature: id(),
    usage_limit: object({ amount: quantity(), meter: id().optional(), per_quantity: boolean().optional() }).optional(),
  }),
  shows: 'productFeature',
  async handle(request) {
    const product = request.pathId('product');
    const { entitlement_feature: named, usage_limit: limit } = request.parameters;
    await request.change({
      step: 'createProductFeature',
      customer: null,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          byKey('product', product),
          byKey('entitlementFeature', named),
          ...(limit?.meter === undefined ? [] : [byKey('meter', limit.meter)]),
          { kind: 'productFeature', filters: [{ column: 'product', equals: product }] },
        ]),
      plan: (changes) => {
        present(changes, 'product', product);
        const feature = present(changes, 'entitlementFeature', named, { param: 'entitlement_feature' });
        attachFeature(changes, product, { feature, limit });
      },
    });
    return { kind: 'productFeature', key: request.newId('prodft') };
  },
});
