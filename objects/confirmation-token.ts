import type { ConfirmationToken } from '../domain/rows/confirmation-token';
import { toStripeMethod } from './payment-method';
import type { WireConfirmationToken } from './shapes/confirmation-token';

/** What a buyer has entered, with the fields of the card that may be shown. */
export function toStripeConfirmationToken(token: ConfirmationToken): WireConfirmationToken {
  const { bank_account: bankAccount = null, card, type = 'card', ...preview } = token.preview;
  return {
    id: token.id,
    object: 'confirmation_token',
    created: token.created,
    expires_at: token.expiresAt,
    livemode: token.livemode,
    mandate_data: null,
    metadata: null,
    payment_intent: token.paymentIntent,
    payment_method_options: null,
    payment_method_preview: {
      ...preview,
      ...toStripeMethod({ bankAccount, billingDetails: preview.billing_details, card, type }),
      customer_account: null,
    },
    return_url: token.returnUrl,
    setup_future_usage: token.setupFutureUsage,
    setup_intent: token.setupIntent,
    shipping: token.shipping,
    use_stripe_sdk: true,
  };
}
