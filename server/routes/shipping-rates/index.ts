import type { Operation } from '../../http/operation';
import { createShippingRateOperation } from './create';
import { listShippingRates } from './list';
import { retrieveShippingRate } from './retrieve';
import { updateShippingRateOperation } from './update';

export const shippingRates: Operation[] = [
  createShippingRateOperation,
  listShippingRates,
  retrieveShippingRate,
  updateShippingRateOperation,
];
