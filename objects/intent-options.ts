import { VOUCHER_DAYS } from '../domain/payment/vouchers';
import type { IntentOptions } from '../domain/rows/payment-intent';
import type { WireOptions } from './shapes/intent-options';

/** What each bank account and voucher that an intent or a session may be paid with is asked for. */
export function toStripeOptions(types: readonly string[], options: IntentOptions | null): WireOptions {
  const given = options ?? {};
  const all: Required<WireOptions> = {
    acss_debit: { ...canadianOf(given.acss_debit), ...verificationOf(given.acss_debit) },
    bacs_debit: mandateOf(given.bacs_debit),
    boleto: daysOf('boleto', given),
    konbini: konbiniOf(given.konbini ?? {}),
    multibanco: {},
    oxxo: daysOf('oxxo', given),
    sepa_debit: mandateOf(given.sepa_debit),
    us_bank_account: verificationOf(given.us_bank_account),
  };
  return Object.fromEntries(Object.entries(all).filter(([type]) => types.includes(type)));
}

const daysOf = (type: 'boleto' | 'oxxo', given: IntentOptions) => ({
  expires_after_days: given[type]?.expires_after_days ?? VOUCHER_DAYS[type],
});

/** What its mandate says is shown only if something was given. */
function canadianOf({ currency, mandate_options: mandate }: NonNullable<IntentOptions['acss_debit']> = {}) {
  const { interval_description = null, payment_schedule = null, transaction_type = null } = mandate ?? {};
  return {
    ...(currency === undefined ? {} : { currency }),
    ...(mandate === undefined ? {} : { mandate_options: { interval_description, payment_schedule, transaction_type } }),
  };
}

const verificationOf = (given: IntentOptions['us_bank_account']) => ({
  verification_method: given?.verification_method ?? ('automatic' as const),
});

function mandateOf(given: IntentOptions['sepa_debit']) {
  const prefix = given?.mandate_options?.reference_prefix;
  return prefix === undefined ? {} : { mandate_options: { reference_prefix: prefix } };
}

const konbiniOf = (given: NonNullable<IntentOptions['konbini']>) => ({
  confirmation_number: given.confirmation_number ?? null,
  expires_after_days: given.expires_after_days ?? null,
  expires_at: given.expires_at ?? null,
  product_description: given.product_description ?? null,
});
