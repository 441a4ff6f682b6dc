import { byCurrency, integer, object } from '../http/parameters';
import { LIMITS } from '../../domain/core/limits';

/** `currency_options[eur][amount_off]`. */
export const amountsByCurrency = () => byCurrency(object({ amount_off: integer({ min: 1, max: LIMITS.chargeAmount.max }) }));

/** `currency_options[eur][minimum_amount]`. */
export const minimumsByCurrency = () => byCurrency(object({ minimum_amount: integer({ min: 1, max: LIMITS.chargeAmount.max }) }));
