/**
 * The verdict of the fraud step: whether an attempt may go to the processor, needs a review or 3-D Secure, or is blocked before a bank sees
 * it. The account's settings are built-in rules, of which the first match counts; the seller's own rules come before them. The built-in
 * velocity counts on-session attempts only: renewals are the seller's own, and do not test cards.
 */
import { LIST_RULES, type Matches } from '../fraud/matching';
import type { RiskScore } from '../fraud/score';
import type { FraudSettings } from '../rows/account';
import type { FraudAssessment } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';
import type { MatchedRule, RuleAction, RuleValues } from '../rows/radar';
import type { CardCheck } from '../rows/payment-method';
import { strongAuthentication, type AuthenticationFacts } from './strong-authentication';

export interface FraudFacts {
  /** The processor that has the card, and its assessment. */
  gateway: string;
  livemode: boolean;
  riskLevel: FraudAssessment['riskLevel'];
  cvcCheck: CardCheck | null;
  postalCodeCheck: CardCheck | null;
  /** On-session attempts with this card within the last hour, including this one. */
  attemptsInHour: number;
  offSession: boolean;
  authenticated: boolean;
  scored: RiskScore;
  authentication: AuthenticationFacts;
}

type Verdict = Pick<FraudAssessment, 'decision' | 'reason' | 'requestsThreeDSecure' | 'rule'>;

/** @param matches the seller's rules that match, and the lists of every account */
export function assess(facts: FraudFacts, settings: FraudSettings, matches: Matches = {}): FraudAssessment {
  const risk = riskOf(facts);
  const builtIn = BUILT_IN.map((rule) => rule({ ...facts, riskLevel: risk.riskLevel }, settings)).find((each) => each !== null) ?? null;
  return withAuthentication({ ...verdictOf(facts, matches, builtIn), ...risk }, facts, settings);
}

/** What the law asks for comes besides. No rule allows a payment without it, and one that is blocked needs none. */
function withAuthentication(
  assessment: FraudAssessment,
  facts: FraudFacts,
  { strong_authentication: how }: FraudSettings,
): FraudAssessment {
  const isSettled = facts.authenticated || assessment.decision === 'block' || assessment.decision === 'require_3ds';
  if (isSettled || assessment.requestsThreeDSecure) return assessment;
  const { asks, exemption } = strongAuthentication(facts.authentication, how, assessment.riskLevel);
  if (asks) return { ...assessment, requestsThreeDSecure: true };
  return exemption === null ? assessment : { ...assessment, exemption };
}

/** What the settings looked at, and the settings themselves. Nothing of it says who pays. */
export function valuesOfSettings(facts: FraudFacts, settings: FraudSettings, { riskLevel, riskScore }: Risk): RuleValues {
  return {
    ...valuesOfSetup(facts, { riskLevel, riskScore }),
    ...{ saved_cvc_check: facts.cvcCheck, saved_address_zip_check: facts.postalCodeCheck, card_attempts_within_hour: facts.attemptsInHour },
    ...{ block_if_cvc_fails: settings.block_if_cvc_fails, block_if_postal_code_fails: settings.block_if_postal_code_fails },
    ...{ card_attempts_per_hour: settings.card_attempts_per_hour, elevated_risk: settings.elevated_risk },
    strong_authentication: settings.strong_authentication.apply,
  };
}

/** What is kept of a card that is set up: settings do not count before it is charged. */
export const valuesOfSetup = (facts: FraudFacts, { riskLevel, riskScore }: Risk): RuleValues => ({
  ...{ risk_level: riskLevel, risk_score: riskScore },
  ...{ is_off_session: facts.offSession, is_3d_secure_authenticated: facts.authenticated },
});

/** The verdict on a card that is set up: by rules and lists alone, because no money moves. */
export function assessSetup(facts: FraudFacts, matches: Omit<Matches, 'review'>): FraudAssessment {
  return { ...verdictOf(facts, matches, null), ...riskOf(facts) };
}

/** The verdict on what the bank has checked. Null: no rule of the second round matches, so the first verdict stays. */
export function assessAfterBank(facts: FraudFacts, { block, review }: Matches): FraudAssessment | null {
  const verdict = block ? byRule('block', block) : review ? byRule('review', review) : null;
  return verdict && { ...verdict, ...riskOf(facts) };
}

/**
 * Radar's order: 3-D Secure, allow, block, review. A rule that asks for 3-D Secure ends nothing; one that allows ends everything, the
 * built-in rules as well. 3-D Secure is asked for once, and only of a cardholder who is there.
 */
function verdictOf(facts: FraudFacts, { request_3ds: request, allow, block, review }: Matches, builtIn: Verdict | null): Verdict {
  const asks = asksCardholder(facts, request);
  if (allow) return asks ?? byRule('allow', allow);
  if (block) return byRule('block', block);
  if (builtIn?.decision === 'block') return builtIn;
  return reviewOf(review, builtIn, asks) ?? asks ?? builtIn ?? ALLOW;
}

const asksCardholder = ({ authenticated, offSession }: FraudFacts, rule: MatchedRule | undefined): Verdict | null =>
  rule === undefined || authenticated || offSession ? null : byRule('require_3ds', rule);

/** A payment that needs both a review and 3-D Secure gets both. */
function reviewOf(review: MatchedRule | undefined, builtIn: Verdict | null, asks: Verdict | null): Verdict | null {
  const reviewed = review ? byRule('review', review) : builtIn?.decision === 'review' ? builtIn : null;
  if (reviewed === null) return null;
  return asks || builtIn?.decision === 'require_3ds' ? { ...reviewed, requestsThreeDSecure: true } : reviewed;
}

const ALLOW: Verdict = { decision: 'allow', rule: null, reason: null };

const byRule = (decision: Verdict['decision'], { id }: MatchedRule): Verdict => ({ decision, rule: id, reason: 'rule' });

const block = (rule: string, reason = 'rule'): Verdict => ({ decision: 'block', rule, reason });

const BUILT_IN: ((facts: FraudFacts, settings: FraudSettings) => Verdict | null)[] = [
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

/** A rule that every account has, by the id that decisions name; null for a rule of the seller's own. */
export function standingRule(id: string): { id: string; action: RuleAction; predicate: string } | null {
  const onList = LIST_RULES.find((rule) => rule.id === id);
  if (onList) return { id, action: onList.action, predicate: onList.predicate };
  const predicate = PREDICATES[id];
  return predicate === undefined ? null : { id, action: id === 'elevated_risk' ? 'review' : 'block', predicate };
}

/** The built-in rules, as they would be written. */
const PREDICATES: Record<string, string | undefined> = {
  block_if_cvc_fails: ":cvc_check: = 'fail'",
  block_if_postal_code_fails: ":address_zip_check: = 'fail'",
  card_attempts_per_hour: ':total_charges_per_card_number_hourly: > :card_attempts_per_hour:',
  elevated_risk: ":risk_level: = 'elevated'",
  highest_risk_level: ":risk_level: = 'highest'",
};

/** Stripe's ranges: below 65 normal, below 75 elevated, highest above. */
const levelOf = (score: number): FraudAssessment['riskLevel'] => (score < 65 ? 'normal' : score < 75 ? 'elevated' : 'highest');

/** The scores of cards that the processor has assessed. */
const ASSESSED = { elevated: 70, highest: 92 } as const;
const HIGHEST_NORMAL = 64;

export type Risk = Pick<FraudAssessment, 'explanation' | 'riskLevel' | 'riskScore'>;

/** The processor's own assessment of the card, or else the score. A test card that is not documented as a risk is none. */
export function riskOf({ riskLevel, gateway, livemode, scored }: Pick<FraudFacts, 'gateway' | 'livemode' | 'riskLevel' | 'scored'>): Risk {
  if (riskLevel !== 'normal') return { riskLevel, riskScore: ASSESSED[riskLevel], explanation: { by: gateway, points: {} } };
  const { by, points, score } = scored;
  const riskScore = livemode ? score : Math.min(score, HIGHEST_NORMAL);
  return { riskLevel: levelOf(riskScore), riskScore, explanation: { by, points } };
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
