import type { PaymentIntent } from '../domain/rows/payment-intent';
import type { Rows } from '../domain/rows/rows';
import { toStripeOptions } from './intent-options';
import { toStripeNextAction } from './next-action';
import { toStripePaymentError } from './payment-error';
import { configurationDetails } from './payment-method-configuration';
import type { WirePaymentIntent } from './shapes/payment-intent';

/** Stripe's payment intent. It contains the client secret, so a caller that can read the intent can also confirm it. */
export function toStripePaymentIntent(intent: PaymentIntent, rows: Rows): WirePaymentIntent {
  return {
    id: intent.id,
    object: 'payment_intent',
    allowed_payment_method_types: intent.allowedPaymentMethodTypes,
    amount: intent.amount,
    amount_capturable: intent.amountCapturable,
    amount_details: { tip: {} },
    amount_received: intent.amountReceived,
    automatic_payment_methods: intent.automaticPaymentMethods,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancellationReason,
    capture_method: intent.captureMethod,
    client_secret: intent.clientSecret,
    confirmation_method: intent.confirmationMethod,
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    ...(intent.taxCalculation === null ? {} : { hooks: { inputs: { tax: { calculation: intent.taxCalculation } } } }),
    last_payment_error: intent.lastPaymentError === null ? null : toStripePaymentError(intent.lastPaymentError, rows),
    latest_charge: intent.latestCharge,
    livemode: intent.livemode,
    metadata: intent.metadata,
    next_action: toStripeNextAction(intent.nextAction),
    payment_method: intent.paymentMethod,
    payment_details: { customer_reference: null, order_reference: intent.invoice },
    payment_method_configuration_details: configurationDetails(intent.paymentMethodConfiguration),
    payment_method_options: {
      ...toStripeOptions(intent.paymentMethodTypes, intent.paymentMethodOptions),
      card: { ...CARD_OPTIONS, ...intent.paymentMethodOptions?.card },
    },
    payment_method_types: intent.paymentMethodTypes,
    receipt_email: intent.receiptEmail,
    review: intent.review,
    setup_future_usage: intent.setupFutureUsage,
    shipping: intent.shipping,
    statement_descriptor: intent.statementDescriptor,
    statement_descriptor_suffix: intent.statementDescriptorSuffix,
    status: intent.status,
    ...UNUSED,
  };
}

const CARD_OPTIONS = { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } as const;

const UNUSED = {
  application: null,
  application_fee_amount: null,
  managed_payments: { enabled: false },
  on_behalf_of: null,
  payment_record: null,
  processing: null,
  source: null,
  transfer_data: null,
  transfer_group: null,
} as const;
