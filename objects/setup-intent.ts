import type { SetupIntent } from '../domain/rows/payment-intent';
import type { Rows } from '../domain/rows/rows';
import { toStripeOptions } from './intent-options';
import { toStripeNextAction } from './next-action';
import { toStripePaymentError } from './payment-error';
import { configurationDetails } from './payment-method-configuration';
import { latestAttemptOf } from './setup-attempt';
import type { WireSetupIntent } from './shapes/setup-intent';

/** Stripe's setup intent: it prepares a card for later charges. */
export function toStripeSetupIntent(intent: SetupIntent, rows: Rows): WireSetupIntent {
  return {
    id: intent.id,
    object: 'setup_intent',
    allowed_payment_method_types: intent.allowedPaymentMethodTypes,
    automatic_payment_methods: intent.automaticPaymentMethods,
    cancellation_reason: intent.cancellationReason,
    client_secret: intent.clientSecret,
    created: intent.created,
    customer: intent.customer,
    description: intent.description,
    last_setup_error: intent.lastSetupError === null ? null : toStripePaymentError(intent.lastSetupError, rows),
    latest_attempt: latestAttemptOf(intent),
    livemode: intent.livemode,
    mandate: intent.mandate,
    metadata: intent.metadata,
    next_action: toStripeNextAction(intent.nextAction),
    payment_method: intent.paymentMethod,
    payment_method_configuration_details: configurationDetails(intent.paymentMethodConfiguration),
    payment_method_options: optionsOf(intent),
    payment_method_types: intent.paymentMethodTypes,
    status: intent.status,
    usage: intent.usage,
    ...UNUSED,
  };
}

function optionsOf({ paymentMethodTypes, paymentMethodOptions }: SetupIntent): WireSetupIntent['payment_method_options'] {
  const { acss_debit: canadian, ...options } = toStripeOptions(paymentMethodTypes, paymentMethodOptions);
  return {
    ...options,
    ...(canadian === undefined ? {} : { acss_debit: { currency: null, ...canadian } }),
    card: { ...CARD_OPTIONS, ...paymentMethodOptions?.card },
  };
}

const CARD_OPTIONS = { mandate_options: null, network: null, request_three_d_secure: 'automatic' } as const;

const UNUSED = {
  application: null,
  customer_account: null,
  excluded_payment_method_types: null,
  flow_directions: null,
  managed_payments: { enabled: false },
  on_behalf_of: null,
  single_use_mandate: null,
} as const;
