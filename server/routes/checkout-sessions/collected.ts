/** What a checkout asks of the buyer besides the payment: parameters of sessions and of payment links. */
import { LIMITS } from '../../../domain/core/limits';
import { LONGEST_ANSWER } from '../../../domain/checkout/custom-fields';
import { DELIVERY_COUNTRIES } from '../../schemas/countries';
import { shippingRateShape } from '../../schemas/shipping-rate';
import { array, boolean, emptyable, id, integer, name, object, oneOf, text } from '../../http/parameters';

const key = ({ max }: { max: number }) =>
  name({ max }).regex(/^[A-Za-z0-9]*$/, 'Invalid string: only letters (a-z, A-Z) and digits (0-9) are allowed');

const length = () => integer({ min: 1, max: LONGEST_ANSWER }).optional();

const textField = () =>
  object({ default_value: name({ max: LONGEST_ANSWER }).optional(), maximum_length: length(), minimum_length: length() });

const customField = () =>
  object({
    dropdown: object({
      default_value: key({ max: 100 }).optional(),
      options: array(object({ label: name({ max: 100 }), value: key({ max: 100 }) }), { max: LIMITS.customFieldOptions.max }),
    }).optional(),
    key: key({ max: 200 }),
    label: object({ custom: name({ max: 50 }), type: oneOf(['custom']) }),
    numeric: textField().optional(),
    optional: boolean().optional(),
    text: textField().optional(),
    type: oneOf(['dropdown', 'numeric', 'text']),
  });

const customText = () => emptyable(object({ message: text({ max: 1200 }) })).optional();
const collectedName = () => object({ enabled: boolean(), optional: boolean().optional() }).optional();

/** What the buyer chooses from for the delivery. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- a schema is its own type
export const shippingOptions = () =>
  array(object({ shipping_rate: id().optional(), shipping_rate_data: object(shippingRateShape).optional() }), {
    max: LIMITS.shippingOptions.max,
  });

export const collected = {
  consent_collection: object({
    payment_method_reuse_agreement: object({ position: oneOf(['auto', 'hidden']) }).optional(),
    promotions: oneOf(['auto', 'none']).optional(),
    terms_of_service: oneOf(['none', 'required']).optional(),
  }).optional(),
  custom_fields: array(customField(), { max: LIMITS.customFields.max }).optional(),
  custom_text: object({
    after_submit: customText(),
    shipping_address: customText(),
    submit: customText(),
    terms_of_service_acceptance: customText(),
  }).optional(),
  name_collection: object({ business: collectedName(), individual: collectedName() }).optional(),
  phone_number_collection: object({ enabled: boolean() }).optional(),
  tax_id_collection: object({ enabled: boolean(), required: oneOf(['if_supported', 'never']).optional() }).optional(),
  shipping_address_collection: object({
    allowed_countries: array(oneOf(DELIVERY_COUNTRIES), { max: DELIVERY_COUNTRIES.length }),
  }).optional(),
};
