import { byKey, loadMatching } from '../../../db/matching';
import { detachFeature } from '../../../domain/access/features';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { findProductFeature } from './retrieve';

/**
 * Detaches a feature from a product. Customers who have it through the product keep it until their period ends.
 *
 * @throws BillingError resource_missing
 */
export const deleteProductFeature = operation({
  method: 'delete',
  path: '/v1/products/:product/features/:id',
  summary: 'Detach a feature from a product',
  tag: 'Products',
  parameters: parameters({}),
  shows: 'productFeature',
  async handle(request) {
    const { id, product } = await findProductFeature(request);
    await request.change({
      step: 'deleteProductFeature',
      customer: null,
      subject: product,
      load: (tx) => loadMatching(tx, request.scope, [byKey('productFeature', id)]),
      plan: (changes) => {
        present(changes, 'productFeature', id);
        detachFeature(changes, id);
      },
    });
    return { kind: 'productFeature', key: id };
  },
});
