/** Of Stripe's setup intents, but not of Dunlin's: mandates, Connect, other payment methods than cards. */
export const UNSUPPORTED = [
  'attach_to_self',
  'confirmation_token',
  'customer_account',
  'excluded_payment_method_types',
  'flow_directions',
  'mandate_data',
  'on_behalf_of',
  'payment_method_configuration',
  'single_use',
  'use_stripe_sdk',
];
