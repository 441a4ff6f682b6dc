import { byKey, isTaken, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import type { ChangeSet } from '../../../domain/core/change-set';
import { createPrice } from '../../../domain/price/changes';
import { operation } from '../../http/operation';
import { putProduct } from '../../schemas/product-data';
import { asPlan, newPlan, termsOf, type NewPlan } from './terms';

/**
 * Creates a plan, which is a recurring price, optionally with an id that the caller chooses.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, parameter_invalid, resource_missing (the product, the meter),
 * resource_already_exists (the id, the new product's id)
 */
export const createPlan = operation({
  method: 'post',
  path: '/v1/plans',
  summary: 'Create a plan',
  tag: 'Plans',
  parameters: newPlan,
  shows: 'plan',
  unsupported: ['product[tax_details][performance_location]'],
  async handle(request) {
    const { id, product, meter, active, nickname, metadata } = request.parameters;
    const newProduct = typeof product === 'object' ? product.id : undefined;
    const taken = { plan: false, product: false };
    await request.change({
      step: 'createPlan',
      customer: null,
      ...(id === undefined ? {} : { subject: id }),
      load: async (tx) => {
        taken.plan = id !== undefined && (await isTaken(tx, request.scope, 'price', id));
        taken.product = newProduct !== undefined && (await isTaken(tx, request.scope, 'product', newProduct));
        return loadMatching(tx, request.scope, [
          ...(typeof product === 'string' ? [byKey('product', product)] : []),
          ...(meter === undefined ? [] : [byKey('meter', meter)]),
        ]);
      },
      plan: (changes) => {
        if (taken.plan) throw new BillingError('resource_already_exists', `Plan already exists: '${id ?? ''}'`, { param: 'id' });
        const of = productOf(changes, product, taken.product);
        asPlan(() => createPrice(changes, { ...termsOf(request.parameters), id, product: of, active, nickname, metadata }));
      },
    });
    return { kind: 'plan', key: id ?? request.newId('price') };
  },
});

function productOf(changes: ChangeSet, product: NewPlan['product'], taken: boolean): string {
  return typeof product === 'string' ? product : putProduct(changes, product, taken, 'product');
}
