import { createShippingRate } from '../../../domain/price/shipping-rates';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { shippingRateShape } from '../../schemas/shipping-rate';

/**
 * Creates a shipping rate, which checkouts offer.
 *
 * @throws BillingError parameter_missing, parameter_invalid
 */
export const createShippingRateOperation = operation({
  method: 'post',
  path: '/v1/shipping_rates',
  summary: 'Create a shipping rate',
  tag: 'Shipping rates',
  parameters: parameters(shippingRateShape),
  shows: 'shippingRate',
  async handle(request) {
    await request.change({
      step: 'createShippingRate',
      customer: null,
      plan: (changes) => void createShippingRate(changes, request.parameters),
    });
    return { kind: 'shippingRate', key: request.newId('shr') };
  },
});
