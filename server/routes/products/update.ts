import { byKey, loadMatching } from '../../../db/matching';
import { updateProduct } from '../../../domain/price/product-changes';
import { operation } from '../../http/operation';
import { boolean, emptyable, id as idParameter, metadata, name as visibleName, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { productDetails, toProductDetails } from '../../schemas/product';

/**
 * Changes a product.
 *
 * @throws BillingError resource_missing (also of the default price), parameter_invalid
 */
export const updateProductOperation = operation({
  method: 'post',
  path: '/v1/products/:product',
  summary: 'Update a product',
  tag: 'Products',
  parameters: parameters({
    ...productDetails,
    active: boolean().optional(),
    default_price: emptyable(idParameter()).optional(),
    metadata: metadata().optional(),
    name: visibleName().optional(),
    shippable: boolean().optional(),
  }),
  shows: 'product',
  unsupported: ['tax_details[performance_location]'],
  async handle(request) {
    const id = request.pathId('product');
    const { default_price: defaultPrice, active, name, shippable, metadata, ...details } = request.parameters;
    await request.change({
      step: 'updateProduct',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('product', id), ...(defaultPrice ? [byKey('price', defaultPrice)] : [])]),
      plan: (changes) => {
        present(changes, 'product', id);
        updateProduct(changes, id, { ...toProductDetails(details), active, name, shippable, metadata, defaultPrice });
      },
    });
    return { kind: 'product', key: id };
  },
});
