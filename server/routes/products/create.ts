import { isTaken, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { createProduct } from '../../../domain/price/product-changes';
import { operation } from '../../http/operation';
import { boolean, currency, metadata, name as visibleName, object, oneOf, parameters } from '../../http/parameters';
import { currencyOptions, customUnitAmount, recurring, taxBehavior, unitAmounts } from '../../schemas/price';
import { productDetails, toProductDetails } from '../../schemas/product';
import { chosenId } from '../../http/text-parameters';

/**
 * Creates a product, with its first price if `default_price_data` is sent.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameter_unsupported, resource_already_exists (the id)
 */
export const createProductOperation = operation({
  method: 'post',
  path: '/v1/products',
  summary: 'Create a product',
  tag: 'Products',
  parameters: parameters({
    ...productDetails,
    active: boolean().optional(),
    default_price_data: object({
      ...unitAmounts,
      currency: currency(),
      currency_options: currencyOptions().optional(),
      custom_unit_amount: customUnitAmount().optional(),
      metadata: metadata().optional(),
      recurring: recurring().optional(),
      tax_behavior: taxBehavior().optional(),
    }).optional(),
    id: chosenId().optional(),
    metadata: metadata().optional(),
    name: visibleName(),
    shippable: boolean().optional(),
    type: oneOf(['good', 'service']).optional(),
  }),
  shows: 'product',
  unsupported: ['tax_details[performance_location]'],
  async handle(request) {
    const { id, name, active, shippable, metadata, type, default_price_data: defaultPrice, ...details } = request.parameters;
    let taken = false;
    await request.change({
      step: 'createProduct',
      customer: null,
      ...(id === undefined ? {} : { subject: id }),
      load: async (tx) => {
        taken = id !== undefined && (await isTaken(tx, request.scope, 'product', id));
        return loadMatching(tx, request.scope, []);
      },
      plan: (changes) => {
        if (taken) throw new BillingError('resource_already_exists', `Product already exists: '${id ?? ''}'`, { param: 'id' });
        createProduct(changes, { ...toProductDetails(details), id, name, active, shippable, metadata, type, defaultPrice });
      },
    });
    return { kind: 'product', key: id ?? request.newId('prod') };
  },
});
