/** Parameters of Stripe's setup intents that Dunlin lacks: mandates, Connect, payment methods other than cards. */
export const UNSUPPORTED = [
  'attach_to_self',
  'customer_account',
  'excluded_payment_method_types',
  'flow_directions',
  'mandate_data',
  'on_behalf_of',
  'single_use',
  'use_stripe_sdk',
];
