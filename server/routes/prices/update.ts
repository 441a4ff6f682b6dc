import { byKey, loadMatching } from '../../../db/matching';
import { updatePrice } from '../../../domain/price/changes';
import { operation } from '../../http/operation';
import { boolean, emptyable, metadata, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { currencyOptions, taxBehavior } from '../../schemas/price';

/**
 * Changes a price's look-up and whether it is active, and adds currencies. Amounts and intervals never change; create another price
 * instead.
 *
 * @throws BillingError resource_missing, parameter_invalid (its product's default cannot be archived, an amount or a tax behavior is
 * settled), resource_already_exists (the lookup key)
 */
export const updatePriceOperation = operation({
  method: 'post',
  path: '/v1/prices/:price',
  summary: 'Update a price',
  tag: 'Prices',
  parameters: parameters({
    active: boolean().optional(),
    currency_options: emptyable(currencyOptions()).optional(),
    lookup_key: emptyable(name({ max: 200 })).optional(),
    metadata: metadata().optional(),
    nickname: emptyable(name()).optional(),
    tax_behavior: taxBehavior().optional(),
    transfer_lookup_key: boolean().optional(),
  }),
  shows: 'price',
  async handle(request) {
    const id = request.pathId('price');
    const { active, currency_options, lookup_key, metadata, nickname, tax_behavior, transfer_lookup_key } = request.parameters;
    const { product } = await request.find('price', id);
    await request.change({
      step: 'updatePrice',
      customer: null,
      // An archived price must not be its product's default, so changes of the product wait for this one.
      subject: product,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          byKey('price', id),
          byKey('product', product),
          ...(lookup_key ? [{ kind: 'price' as const, filters: [{ column: 'lookupKey', equals: lookup_key }] }] : []),
        ]),
      plan: (changes) => {
        present(changes, 'price', id);
        const change = {
          active,
          currencyOptions: currency_options,
          nickname,
          lookupKey: lookup_key,
          transferLookupKey: transfer_lookup_key,
          taxBehavior: tax_behavior,
          metadata,
        };
        updatePrice(changes, id, change);
      },
    });
    return { kind: 'price', key: id };
  },
});
