import { DEBIT_TYPES } from '../../domain/rows/payment-method';
import type { Problem } from '../../web/checkout/model';
import { problemIn } from '../forms/problems';
import type { Refusal } from '../forms/run-once';

const BY_PARAM: readonly (readonly [string, Problem])[] = [
  ['card', 'wrongCard'],
  ...DEBIT_TYPES.map((type) => [type, 'wrongAccount'] as const),
  ['payment_method_data', 'wrongAccount'],
  ['expected_amount', 'amountChanged'],
  ['discounts', 'unknownCode'],
  ['custom_fields', 'missing'],
  ['collected_information', 'missing'],
  ['shipping_rate', 'missing'],
  ['payment_link', 'soldOut'],
  ['customer_email', 'subscribed'],
];

/** What the buyer is told of a refusal. */
export const problemOf = (refusal: Refusal): Problem => problemIn(refusal, BY_PARAM);
