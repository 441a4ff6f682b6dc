import { minimumsByCurrency } from '../../schemas/coupon';
import { boolean, currency, integer, object } from '../../http/parameters';
import { LIMITS } from '../../../domain/core/limits';

/** The conditions under which a code can be redeemed. */
export const restrictions = () =>
  object({
    currency_options: minimumsByCurrency().optional(),
    first_time_transaction: boolean().optional(),
    minimum_amount: integer({ min: 1, max: LIMITS.chargeAmount.max }).optional(),
    minimum_amount_currency: currency().optional(),
  });
