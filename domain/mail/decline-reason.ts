import type { DeclineReason } from '../rows/mail';

/** The codes after which the customer has something to do. For all others, a lost card and a suspicion among them, the bank just declined. */
const REASONS: Record<Exclude<DeclineReason, 'declined'>, readonly string[]> = {
  authentication: ['authentication_not_handled', 'authentication_required'],
  card_data: [
    'card_not_supported',
    'currency_not_supported',
    'expired_card',
    'incorrect_address',
    'incorrect_cvc',
    'incorrect_number',
    'incorrect_zip',
    'invalid_account',
    'invalid_cvc',
    'invalid_expiry_month',
    'invalid_expiry_year',
    'invalid_number',
    'new_account_information_available',
    'testmode_decline',
  ],
  insufficient_funds: ['card_velocity_exceeded', 'insufficient_funds', 'withdrawal_count_limit_exceeded'],
};

/** @param code the decline code of the processor; null if there is none */
export function declineReasonOf(code: string | null): DeclineReason {
  const found = Object.entries(REASONS).find(([, codes]) => code !== null && codes.includes(code));
  return (found?.[0] ?? 'declined') as DeclineReason;
}
