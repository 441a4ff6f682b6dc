/**
 * The rules of the fraud step; the first match wins. They decide whether an attempt may go to the processor, needs a review or 3-D Secure,
 * or is blocked before a bank sees it. Velocity counts on-session attempts only: renewals are the seller's own, and do not test cards.
 */
import type { FraudSettings } from '../rows/account';
import type { FraudAssessment } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';
import type { CardCheck } from '../rows/payment-method';

export interface FraudFacts {
  fingerprint: string;
  /** The processor's assessment of the card. */
  riskLevel: FraudAssessment['riskLevel'];
  cvcCheck: CardCheck | null;
  postalCodeCheck: CardCheck | null;
  /** On-session attempts with this card within the last hour, including this one. */
  attemptsInHour: number;
  offSession: boolean;
  authenticated: boolean;
}

type Verdict = Pick<FraudAssessment, 'decision' | 'rule' | 'reason'>;

export function assess(facts: FraudFacts, settings: FraudSettings): FraudAssessment {
  const verdict = RULES.map((rule) => rule(facts, settings)).find((each) => each !== null) ?? ALLOW;
  return { ...verdict, ...scoreOf(facts, verdict) };
}

const ALLOW: Verdict = { decision: 'allow', rule: null, reason: null };

const block = (rule: string, reason = 'rule'): Verdict => ({ decision: 'block', rule, reason });

const RULES: ((facts: FraudFacts, settings: FraudSettings) => Verdict | null)[] = [
  ({ fingerprint }, settings) => (settings.blocked_card_fingerprints.includes(fingerprint) ? block('blocked_card_fingerprint') : null),
  ({ riskLevel }) => (riskLevel === 'highest' ? block('highest_risk_level', 'highest_risk_level') : null),
  ({ attemptsInHour, offSession }, settings) =>
    !offSession && attemptsInHour > settings.card_attempts_per_hour ? block('card_attempts_per_hour') : null,
  ({ cvcCheck }, settings) => (cvcCheck === 'fail' && settings.block_if_cvc_fails ? block('block_if_cvc_fails') : null),
  ({ postalCodeCheck }, settings) =>
    postalCodeCheck === 'fail' && settings.block_if_postal_code_fails ? block('block_if_postal_code_fails') : null,
  elevated,
];

function elevated({ riskLevel, authenticated }: FraudFacts, { elevated_risk: decision }: FraudSettings): Verdict | null {
  if (riskLevel !== 'elevated' || decision === 'allow') return null;
  // 3-D Secure is required once: an authenticated attempt passes.
  if (decision === 'require_3ds' && authenticated) return null;
  return { decision, rule: 'elevated_risk', reason: 'elevated_risk_level' };
}

/** Stripe's ranges: below 65 normal, below 75 elevated, highest above. */
function scoreOf({ riskLevel }: FraudFacts, { decision }: Verdict): Pick<FraudAssessment, 'riskLevel' | 'riskScore'> {
  if (riskLevel === 'highest') return { riskLevel, riskScore: 92 };
  if (riskLevel === 'elevated') return { riskLevel, riskScore: 70 };
  return decision === 'block' ? { riskLevel, riskScore: 60 } : { riskLevel, riskScore: 12 };
}

/** The payer's error for a blocked attempt: it reveals no more than an ordinary decline. */
export function blockedError({ rule }: FraudAssessment): PaymentError {
  const fields = PAYMENT_ERRORS[rule ?? ''] ?? { code: 'card_declined', decline_code: 'fraudulent', message: 'Your card was declined.' };
  return { type: 'card_error', ...fields, payment_method: null, charge: null };
}

const PAYMENT_ERRORS: Record<string, Pick<PaymentError, 'code' | 'decline_code' | 'message'>> = {
  block_if_cvc_fails: { code: 'incorrect_cvc', decline_code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  block_if_postal_code_fails: {
    code: 'incorrect_zip',
    decline_code: 'incorrect_zip',
    message: 'The zip code you supplied failed validation.',
  },
};
