import type { TransactionSql } from '../../../db/connect';
import { byKey, isTaken, loadMatching } from '../../../db/matching';
import { createPrice } from '../../../domain/price/changes';
import type { Rows } from '../../../domain/rows/rows';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { boolean, currency, emptyable, id, metadata, name, oneOf, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { putProduct } from '../../schemas/product-data';
import {
  currencyOptions,
  customUnitAmount,
  fullRecurring,
  productData,
  taxBehavior,
  tiers,
  tiersMode,
  transformQuantity,
  unitAmounts,
} from '../../schemas/price';

const schema = parameters({
  ...unitAmounts,
  active: boolean().optional(),
  billing_scheme: oneOf(['per_unit', 'tiered']).optional(),
  currency: currency(),
  currency_options: currencyOptions().optional(),
  custom_unit_amount: customUnitAmount().optional(),
  lookup_key: emptyable(name({ max: 200 })).optional(),
  metadata: metadata().optional(),
  nickname: emptyable(name()).optional(),
  product: id().optional(),
  product_data: productData().optional(),
  recurring: fullRecurring().optional(),
  tax_behavior: taxBehavior().optional(),
  tiers: tiers().optional(),
  tiers_mode: tiersMode().optional(),
  transfer_lookup_key: boolean().optional(),
  transform_quantity: transformQuantity().optional(),
});
type Asked = (typeof schema)['_output'];

/**
 * Creates a price, with its own new product if `product_data` is sent.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, parameter_invalid, parameter_unsupported, resource_missing (the product,
 * the meter), resource_already_exists (the lookup key, the new product's id)
 */
export const createPriceOperation = operation({
  method: 'post',
  path: '/v1/prices',
  summary: 'Create a price',
  tag: 'Prices',
  parameters: schema,
  shows: 'price',
  unsupported: ['product_data[tax_details][performance_location]'],
  async handle(request) {
    const { product, product_data: data, lookup_key: lookupKey, transfer_lookup_key: transferLookupKey, ...terms } = request.parameters;
    onlyOne(request.parameters, ['product', 'product_data']);
    let taken = false;
    await request.change({
      step: 'createPrice',
      customer: null,
      load: async (tx) => {
        taken = data?.id !== undefined && (await isTaken(tx, request.scope, 'product', data.id));
        return load(tx, request);
      },
      plan: (changes) => {
        const of = product ?? (data && putProduct(changes, data, taken));
        if (of === undefined) throw new ParameterError('parameter_missing', NO_PRODUCT, 'product');
        createPrice(changes, { ...terms, product: of, lookupKey, transferLookupKey });
      },
    });
    return { kind: 'price', key: request.newId('price') };
  },
});

const NO_PRODUCT = 'Missing required param: product. Pass `product` or `product_data`.';

function load(tx: TransactionSql, { scope, parameters: { product, lookup_key: lookupKey, recurring } }: ApiRequest<Asked>): Promise<Rows> {
  return loadMatching(tx, scope, [
    ...(product === undefined ? [] : [byKey('product', product)]),
    ...(lookupKey ? [{ kind: 'price' as const, filters: [{ column: 'lookupKey', equals: lookupKey }] }] : []),
    ...(recurring?.meter === undefined ? [] : [byKey('meter', recurring.meter)]),
  ]);
}
