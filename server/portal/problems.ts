import type { PortalProblem } from '../../web/words/portal-problems';
import { problemIn } from '../forms/problems';
import type { Refusal } from '../forms/run-once';

const BY_PARAM: readonly (readonly [string, PortalProblem])[] = [
  ['payment_method_data[card]', 'wrongCard'],
  ['payment_method_data', 'wrongAccount'],
  ['discounts', 'unknownCode'],
];

/** What the customer is told of a refusal. */
export const problemOf = (refusal: Refusal): PortalProblem => problemIn(refusal, BY_PARAM);
