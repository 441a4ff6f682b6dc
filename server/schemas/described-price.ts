import { currency, integer, object, oneOf, unitAmount, unitAmountDecimal } from '../http/parameters';

/** The price that a line of an offer describes, without its product: a one-time price if `recurring` is absent. */
export const describedPrice = () => ({
  currency: currency(),
  recurring: object({
    interval: oneOf(['day', 'week', 'month', 'year']),
    interval_count: integer({ min: 1 }).optional(),
  }).optional(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
  unit_amount: unitAmount().optional(),
  unit_amount_decimal: unitAmountDecimal().optional(),
});
