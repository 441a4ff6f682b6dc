/** What a decline asks for, by its code: Stripe's codes (docs.stripe.com/declines/codes), grouped by what helps. */
import type { DeclineGroup } from '../rows/recovery-program';

/** Stripe's decline codes that a retry of the same card does not change (docs.stripe.com/billing/revenue-recovery/smart-retries). */
const HARD = new Set([
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
  // The same of a bank account.
  'account_closed',
  'debit_not_authorized',
  'no_account',
  'payment_intent_incompatible_payment_method',
  'payment_intent_mandate_invalid',
  // The customer, the bank or the method forbids every further charge.
  'compliance_violation',
  'do_not_try_again',
  'invalid_authorization',
  'invalid_billing_agreement',
  'stop_payment_order',
]);

/** Whether the same card would repeat this decline: only another payment method is tried. */
export const isHardDecline = (code: string | null): boolean => HARD.has(code ?? '');

const GROUPS: Record<Exclude<DeclineGroup, 'other'>, readonly string[]> = {
  ask_bank: [
    ...['call_issuer', 'do_not_honor', 'generic_decline', 'invalid_amount', 'no_action_taken', 'not_permitted'],
    ...['partner_generic_decline', 'security_violation', 'service_not_allowed', 'transaction_not_allowed'],
  ],
  authenticate: ['authentication_not_handled', 'authentication_required', 'payment_intent_authentication_failure'],
  fix_card: [
    ...['card_not_supported', 'currency_not_supported', 'expired_card', 'expired_payment_information', 'incorrect_address'],
    ...['incorrect_cvc', 'incorrect_number', 'incorrect_zip', 'invalid_account', 'invalid_customer_account', 'invalid_cvc'],
    ...['invalid_expiry_month', 'invalid_expiry_year', 'invalid_number', 'new_account_information_available'],
    ...['recurring_not_supported_by_bank', 'testmode_decline'],
  ],
  never: [
    ...['account_closed', 'compliance_violation', 'debit_not_authorized', 'do_not_try_again', 'fraudulent', 'highest_risk_level'],
    ...['invalid_authorization', 'invalid_billing_agreement', 'lost_card', 'lost_or_stolen_card', 'merchant_blacklist', 'no_account'],
    ...['partner_high_risk_customer', 'payment_disputed', 'payment_intent_mandate_invalid', 'pickup_card', 'restricted_card'],
    ...['revocation_of_all_authorizations', 'revocation_of_authorization', 'stolen_card', 'stop_payment_order'],
  ],
  try_soon: [
    'approve_with_id',
    'duplicate_transaction',
    'issuer_not_available',
    'processing_error',
    'reenter_transaction',
    'try_again_later',
  ],
  wait_for_money: [
    ...['card_velocity_exceeded', 'charge_exceeds_source_limit', 'charge_exceeds_weekly_limit', 'insufficient_funds'],
    ...['payment_limit_exceeded', 'pin_try_exceeded', 'withdrawal_count_limit_exceeded'],
  ],
};

/** Declines in no group: those of a terminal, and of a bank account in another currency. */
const OTHERS = [
  'invalid_currency',
  'incorrect_pin',
  'invalid_pin',
  'mobile_device_authentication_required',
  'offline_pin_required',
  'online_or_offline_pin_required',
];

const KNOWN: ReadonlySet<string> = new Set([...HARD, ...Object.values(GROUPS).flat(), ...OTHERS]);

/** Whether a decline can have this code: of a card (Stripe's list), or of a bank account. */
export const isDeclineCode = (code: string): boolean => KNOWN.has(code);

/** @param code null: nothing was charged, because there was no payment method */
export function declineGroupOf(code: string | null): DeclineGroup {
  const found = Object.entries(GROUPS).find(([, codes]) => code !== null && codes.includes(code));
  return (found?.[0] ?? 'other') as DeclineGroup;
}
