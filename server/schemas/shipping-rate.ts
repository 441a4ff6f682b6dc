import { LIMITS } from '../../domain/core/limits';
import { byCurrency, currency, id, integer, metadata, name, object, oneOf } from '../http/parameters';

const shippingTaxBehavior = () => oneOf(['exclusive', 'inclusive', 'unspecified']);
const amount = () => integer({ min: 0, max: LIMITS.unitAmount.max });

const time = () =>
  object({ unit: oneOf(['business_day', 'day', 'hour', 'month', 'week']), value: integer({ min: 1, max: 100 }) }).optional();

/** A shipping rate, as its creation and a checkout describe it. */
export const shippingRateShape = {
  delivery_estimate: object({ maximum: time(), minimum: time() }).optional(),
  display_name: name({ max: 100 }),
  fixed_amount: object({
    amount: amount(),
    currency: currency(),
    currency_options: byCurrency(object({ amount: amount(), tax_behavior: shippingTaxBehavior().optional() })).optional(),
  }).optional(),
  metadata: metadata().optional(),
  tax_behavior: shippingTaxBehavior().optional(),
  tax_code: id().optional(),
  type: oneOf(['fixed_amount']).optional(),
};

export const shippingRateChange = {
  fixed_amount: object({
    currency_options: byCurrency(object({ amount: amount().optional(), tax_behavior: shippingTaxBehavior().optional() })).optional(),
  }).optional(),
  metadata: metadata().optional(),
  tax_behavior: shippingTaxBehavior().optional(),
};
