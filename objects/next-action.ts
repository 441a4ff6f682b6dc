import type { NextAction, PayVoucher } from '../domain/rows/payment-intent';
import type { WireNextAction } from './shapes/next-action';

/** What the payer does next: authenticates on a page, which Stripe.js may open, too, pays with a voucher, or verifies an account. */
export function toStripeNextAction(action: NextAction | null): WireNextAction | null {
  switch (action?.type) {
    case undefined:
      return null;
    case 'pay_voucher':
      return toStripeVoucher(action);
    case 'verify_with_microdeposits': {
      const { type, arrival_date, microdeposit_type, url: hosted_verification_url } = action;
      return { type, verify_with_microdeposits: { arrival_date, hosted_verification_url, microdeposit_type } };
    }
    case 'redirect_to_url':
      return { type: action.type, redirect_to_url: { return_url: action.return_url, url: action.url } };
    case 'use_stripe_sdk':
      return { type: action.type, use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: action.url } };
  }
}

function toStripeVoucher({ method, url: hosted_voucher_url, number, entity, confirmation, expires_at }: PayVoucher): WireNextAction {
  switch (method) {
    case 'boleto':
      return { type: 'boleto_display_details', boleto_display_details: { expires_at, hosted_voucher_url, number, pdf: null } };
    case 'konbini':
      return {
        type: 'konbini_display_details',
        konbini_display_details: { expires_at, hosted_voucher_url, stores: storesOf(number, confirmation) },
      };
    case 'multibanco':
      return {
        type: 'multibanco_display_details',
        multibanco_display_details: { entity, expires_at, hosted_voucher_url, reference: number },
      };
    case 'oxxo':
      return { type: 'oxxo_display_details', oxxo_display_details: { expires_after: expires_at, hosted_voucher_url, number } };
  }
}

/** Every store takes the same numbers. */
function storesOf(payment_code: string, confirmation: string | null) {
  const store = { payment_code, ...(confirmation === null ? {} : { confirmation_number: confirmation }) };
  return { familymart: store, lawson: store, ministop: store, seicomart: store };
}
