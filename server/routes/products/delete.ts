import { byKey, loadMatching } from '../../../db/matching';
import { deleteProduct } from '../../../domain/price/product-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Deletes a product without prices.
 *
 * @throws BillingError resource_missing, product_in_use
 */
export const deleteProductOperation = operation({
  method: 'delete',
  path: '/v1/products/:product',
  summary: 'Delete a product',
  tag: 'Products',
  parameters: parameters({}),
  shows: 'product',
  async handle(request) {
    const id = request.pathId('product');
    await request.change({
      step: 'deleteProduct',
      customer: null,
      subject: id,
      load: (tx) =>
        loadMatching(tx, request.scope, [byKey('product', id), { kind: 'price', filters: [{ column: 'product', equals: id }], limit: 1 }]),
      plan: (changes) => {
        present(changes, 'product', id);
        deleteProduct(changes, id);
      },
    });
    return { kind: 'product', key: id };
  },
});
