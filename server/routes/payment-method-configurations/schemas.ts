import { CONFIGURABLE_METHODS, type ConfigurableMethod } from '../../../domain/rows/payment-method-configuration';
import { name, object, oneOf } from '../../http/parameters';

const method = object({ display_preference: object({ preference: oneOf(['none', 'off', 'on']).optional() }).optional() }).optional();

/** A preference for each type of payment method, and the name. */
export const configurationShape = {
  name: name({ max: 100 }).optional(),
  ...(Object.fromEntries(CONFIGURABLE_METHODS.map((type) => [type, method])) as Record<ConfigurableMethod, typeof method>),
};

/** Of methods that Stripe's object does not show. */
export const UNSUPPORTED: readonly string[] = ['apple_pay_later', 'fr_meal_voucher_conecs'];
