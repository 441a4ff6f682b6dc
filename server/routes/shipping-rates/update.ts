import { byKey, loadMatching } from '../../../db/matching';
import { updateShippingRate } from '../../../domain/price/shipping-rates';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { shippingRateChange } from '../../schemas/shipping-rate';

/**
 * Changes whether a shipping rate is offered, and what it costs in other currencies.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const updateShippingRateOperation = operation({
  method: 'post',
  path: '/v1/shipping_rates/:shipping_rate',
  summary: 'Update a shipping rate',
  tag: 'Shipping rates',
  parameters: parameters({ ...shippingRateChange, active: boolean().optional() }),
  shows: 'shippingRate',
  async handle(request) {
    const id = request.pathId('shipping_rate');
    await request.change({
      step: 'updateShippingRate',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('shippingRate', id)]),
      plan: (changes) => {
        present(changes, 'shippingRate', id);
        updateShippingRate(changes, id, request.parameters);
      },
    });
    return { kind: 'shippingRate', key: id };
  },
});
