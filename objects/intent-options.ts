import { VOUCHER_DAYS } from '../domain/payment/vouchers';
import type { IntentOptions } from '../domain/rows/payment-intent';
import type { WireVoucherOptions } from './shapes/intent-options';

/** What each voucher that an intent or a session may be paid with is asked for. */
export function toStripeVoucherOptions(types: readonly string[], options: IntentOptions | null): WireVoucherOptions {
  const all: Required<WireVoucherOptions> = {
    boleto: { expires_after_days: options?.boleto?.expires_after_days ?? VOUCHER_DAYS.boleto },
    konbini: konbiniOf(options?.konbini ?? {}),
    multibanco: {},
    oxxo: { expires_after_days: options?.oxxo?.expires_after_days ?? VOUCHER_DAYS.oxxo },
  };
  return Object.fromEntries(Object.entries(all).filter(([type]) => types.includes(type)));
}

const konbiniOf = (given: NonNullable<IntentOptions['konbini']>) => ({
  confirmation_number: given.confirmation_number ?? null,
  expires_after_days: given.expires_after_days ?? null,
  expires_at: given.expires_at ?? null,
  product_description: given.product_description ?? null,
});
