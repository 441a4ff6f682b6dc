import { byKey, loadMatching } from '../../../db/matching';
import { createPrice, type NewPrice } from '../../../domain/price-changes';
import { createProduct } from '../../../domain/product-changes';
import type { Plan } from '../../../domain/plan';
import { operation } from '../../operation';
import { ParameterError } from '../../parameter-error';
import { boolean, emptyable, id, integer, metadata, object, oneOf, parameters, text } from '../../parameters';
import { taxCodeOf, taxDetails } from '../products/parameters';
import { priceTerms, recurring, refuseValue, toPriceTerms, UNSUPPORTED_TERMS } from './parameters';

const schema = parameters({
  ...priceTerms,
  active: boolean().optional(),
  billing_scheme: oneOf(['per_unit', 'tiered']).optional(),
  lookup_key: emptyable(text({ max: 200 })).optional(),
  metadata: metadata().optional(),
  nickname: emptyable(text()).optional(),
  product: id().optional(),
  product_data: object({
    active: boolean().optional(),
    metadata: metadata().optional(),
    name: text(),
    statement_descriptor: text({ max: 22 }).optional(),
    tax_code: text().optional(),
    tax_details: taxDetails().optional(),
    unit_label: text({ max: 12 }).optional(),
  }).optional(),
  recurring: recurring()
    .extend({ trial_period_days: integer({ min: 1, max: 730 }).optional(), usage_type: oneOf(['licensed', 'metered']).optional() })
    .optional(),
  transfer_lookup_key: boolean().optional(),
});

/**
 * Creates a price, with a product of its own where `product_data` says so.
 *
 * Answers `parameter_missing`, `parameters_exclusive`, `parameter_invalid`, `parameter_unsupported`, `resource_missing` (the
 * product), `resource_already_exists` (the lookup key).
 */
export const createPriceOperation = operation({
  method: 'post',
  path: '/v1/prices',
  summary: 'Create a price',
  tag: 'Prices',
  parameters: schema,
  shows: 'price',
  unsupported: [...UNSUPPORTED_TERMS, 'product_data[id]', 'product_data[tax_details][performance_location]'],
  async handle(request) {
    const { product, product_data, billing_scheme, lookup_key, ...given } = request.parameters;
    refuseValue('billing_scheme', billing_scheme, 'tiered');
    refuseValue('recurring[usage_type]', given.recurring?.usage_type, 'metered');
    requireOne(product, product_data);
    const settings = {
      ...toPriceTerms(given),
      active: given.active,
      nickname: given.nickname,
      lookupKey: lookup_key,
      transferLookupKey: given.transfer_lookup_key,
      metadata: given.metadata,
    };
    await request.change({
      step: 'createPrice',
      customer: null,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          ...(product === undefined ? [] : [byKey('product', product)]),
          ...(lookup_key ? [{ kind: 'price' as const, filters: [{ column: 'lookupKey', equals: lookup_key }] }] : []),
        ]),
      plan: (plan) => {
        createPrice(plan, { ...settings, product: product ?? ownProduct(plan, product_data) } satisfies NewPrice);
      },
    });
    return { kind: 'price', key: request.newId('price') };
  },
});

type ProductData = NonNullable<(typeof schema)['_output']['product_data']>;

function ownProduct(plan: Plan, data: ProductData | undefined): string {
  if (!data) throw new Error('neither product nor product_data');
  const { name, active, metadata, statement_descriptor, unit_label } = data;
  const taxCode = taxCodeOf(data, 'product_data');
  return createProduct(plan, {
    name,
    active,
    metadata,
    statementDescriptor: statement_descriptor,
    taxCode,
    unitLabel: unit_label,
  }).id;
}

function requireOne(product: string | undefined, data: ProductData | undefined): void {
  if (product === undefined && data === undefined) {
    throw new ParameterError('parameter_missing', 'Missing required param: product. Pass `product` or `product_data`.', 'product');
  }
  if (product !== undefined && data !== undefined) {
    throw new ParameterError(
      'parameters_exclusive',
      'You may only specify one of these parameters: product, product_data.',
      'product_data',
    );
  }
}
