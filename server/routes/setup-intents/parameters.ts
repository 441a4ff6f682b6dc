/** Parameters of Stripe's setup intents that Dunlin lacks: Connect, other payment methods. */
export const UNSUPPORTED = [
  'attach_to_self',
  'customer_account',
  'excluded_payment_method_types',
  'flow_directions',
  'on_behalf_of',
  'single_use',
  'use_stripe_sdk',
];
