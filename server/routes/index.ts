import type { Operation } from '../operation';
import { coupons } from './coupons';
import { customers } from './customers';
import { prices } from './prices';
import { products } from './products';
import { taxRates } from './tax-rates';

/** Every operation of the API, by resource. */
export const operations: Operation[] = [
  ...coupons,
  ...customers,
  ...prices,
  ...products,
  ...taxRates,
];
