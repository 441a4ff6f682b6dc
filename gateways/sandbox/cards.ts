/**
 * Every card that the sandbox knows: Stripe's test cards, by number and by token (`pm_card_<name>`, `tok_<name>`), with the behavior of
 * each. Any other number is refused; no real card can be used here.
 */
import { ADVICE_CARDS } from './advice-cards';
import type { CardBehavior } from './card-behavior';
import { NUMBERS_BY_COUNTRY } from './countries';

export { DECLINES } from './card-behavior';
export { walletOfToken } from './wallets';

export interface TestCard {
  /** For `pm_card_<name>` and `tok_<name>`; also the sandbox's reference. */
  name: string;
  aliases: readonly string[];
  number: string;
  brand: string;
  funding: 'credit' | 'debit' | 'prepaid';
  country: string;
  behavior: CardBehavior;
}

interface Extra {
  brand?: string;
  funding?: TestCard['funding'];
  country?: string;
  aliases?: readonly string[];
}

function card(name: string, number: string, behavior: CardBehavior = {}, extra: Extra = {}): TestCard {
  return { name, number, behavior, brand: 'visa', funding: 'credit', country: 'US', aliases: [], ...extra };
}

const succeeding = [
  card('visa', '4242424242424242', {}, { aliases: ['us'] }),
  card('visa_debit', '4000056655665556', {}, { funding: 'debit' }),
  card('mastercard', '5555555555554444', {}, { brand: 'mastercard' }),
  card('mastercard_2series', '2223003122003222', {}, { brand: 'mastercard' }),
  card('mastercard_debit', '5200828282828210', {}, { brand: 'mastercard', funding: 'debit' }),
  card('mastercard_prepaid', '5105105105105100', {}, { brand: 'mastercard', funding: 'prepaid' }),
  card('amex', '378282246310005', { threeDSecure: 'unsupported' }, { brand: 'amex', aliases: ['amex_threeDSecureNotSupported'] }),
  card('amex_second', '371449635398431', { threeDSecure: 'unsupported' }, { brand: 'amex' }),
  card('discover', '6011111111111117', {}, { brand: 'discover' }),
  card('discover_second', '6011000990139424', {}, { brand: 'discover' }),
  card('discover_debit', '6011981111111113', {}, { brand: 'discover', funding: 'debit' }),
  card('diners', '3056930009020004', {}, { brand: 'diners' }),
  card('diners_14digits', '36227206271667', {}, { brand: 'diners' }),
  card('jcb', '3566002020360505', {}, { brand: 'jcb' }),
  card('unionpay', '6200000000000005', {}, { brand: 'unionpay' }),
  card('unionpay_debit', '6200000000000047', {}, { brand: 'unionpay', funding: 'debit' }),
  card('unionpay_19digits', '6205500000000000004', {}, { brand: 'unionpay' }),
  card('visa_cartesBancaires', '4000002500001001', {}, { country: 'FR' }),
  card('mastercard_cartesBancaires', '5555552500001001', {}, { brand: 'mastercard', country: 'FR' }),
  card('visa_debit_eftposAuCoBranded', '4000050360000001', {}, { country: 'AU', funding: 'debit' }),
  card('mastercard_debit_eftposAuCoBranded', '5555050360000080', {}, { brand: 'mastercard', country: 'AU', funding: 'debit' }),
];

const national = [
  ...Object.entries(NUMBERS_BY_COUNTRY).map(([code, number]) => card(code, number, {}, { country: code.toUpperCase() })),
  card('ae_mastercard', '5200007840000022', {}, { brand: 'mastercard', country: 'AE' }),
  card('gb_debit', '4000058260000005', {}, { country: 'GB', funding: 'debit' }),
  card('gb_mastercard', '5555558265554449', {}, { brand: 'mastercard', country: 'GB' }),
  card('th_credit', '4000007640000003', {}, { country: 'TH' }),
  card('th_debit', '4000057640000008', {}, { country: 'TH', funding: 'debit' }),
];

const declining = [
  card('visa_chargeDeclined', '4000000000000002', { always: 'generic_decline' }, { aliases: ['chargeDeclined'] }),
  card(
    'visa_chargeDeclinedInsufficientFunds',
    '4000000000009995',
    { always: 'insufficient_funds' },
    { aliases: ['chargeDeclinedInsufficientFunds'] },
  ),
  card('visa_chargeDeclinedLostCard', '4000000000009987', { always: 'lost_card' }, { aliases: ['chargeDeclinedLostCard'] }),
  card('visa_chargeDeclinedStolenCard', '4000000000009979', { always: 'stolen_card' }, { aliases: ['chargeDeclinedStolenCard'] }),
  card('chargeDeclinedExpiredCard', '4000000000000069', { always: 'expired_card' }),
  card('chargeDeclinedIncorrectCvc', '4000000000000127', { always: 'incorrect_cvc' }),
  card('chargeDeclinedProcessingError', '4000000000000119', { always: 'processing_error' }),
  card(
    'visa_chargeDeclinedVelocityLimitExceeded',
    '4000000000006975',
    { always: 'card_velocity_exceeded' },
    {
      aliases: ['chargeDeclinedVelocityLimitExceeded'],
    },
  ),
  card('chargeCustomerFail', '4000000000000341', { charge: 'generic_decline' }, { aliases: ['visa_chargeCustomerFail'] }),
  card('visa_chargeCustomerFailLostCard', '4000000000000341', { charge: 'lost_card' }, { aliases: ['chargeCustomerFailLostCard'] }),
  card('visa_chargeCustomerFailStolenCard', '4000000000000341', { charge: 'stolen_card' }, { aliases: ['chargeCustomerFailStolenCard'] }),
];

const authenticating = [
  card('authenticationRequiredOnSetup', '4000002500003155', { authentication: 'unless_set_up' }, { country: 'FR' }),
  card('authenticationRequired', '4000002760003184', { authentication: 'always' }, { country: 'DE' }),
  card('authenticationRequiredSetupForOffSession', '4000003800000446', { authentication: 'on_session' }, { country: 'IT' }),
  card(
    'authenticationRequiredChargeDeclinedInsufficientFunds',
    '4000008260003178',
    {
      authentication: 'unless_set_up',
      charge: 'insufficient_funds',
      afterAuthentication: 'insufficient_funds',
    },
    { country: 'GB' },
  ),
  card('threeDSecure2Required', '4000000000003220', { authentication: 'unless_set_up' }, { aliases: ['threeDSecureRequired'] }),
  card('threeDSecureRequiredChargeDeclined', '4000008400001629', {
    authentication: 'unless_set_up',
    afterAuthentication: 'generic_decline',
  }),
  card('threeDSecureRequiredProcessingError', '4000008400001280', {
    authentication: 'unless_set_up',
    authenticationError: 'generic_decline',
  }),
  card('threeDSecureRequiredUs', '4000008400000027', { authentication: 'unless_set_up' }),
  card('adaptive3dsChallenge', '4000008405600003', { authentication: 'unless_set_up' }),
  // Stripe has no token for this number.
  card('threeDSecureFrictionless', '4000000032200000', { frictionless: true }),
  card('threeDSecureOptional', '4000000000003055', { authentication: 'if_requested' }),
  card('threeDSecureOptionalProcessingError', '4000000000003097', {
    authentication: 'if_requested',
    authenticationError: 'processing_error',
  }),
];

const disputing = [
  card('createDispute', '4000000000000259', { aftermath: 'dispute_fraudulent' }, { aliases: ['visa_createDispute'] }),
  card('createDisputeProductNotReceived', '4000000000002685', { aftermath: 'dispute_product_not_received' }),
  card('createDisputeInquiry', '4000000000001976', { aftermath: 'dispute_inquiry' }, { aliases: ['visa_createDisputeInquiry'] }),
  card('createIssuerFraudRecord', '4000000000005423', { aftermath: 'early_fraud_warning' }),
  card('createMultipleDisputes', '4000000404000079', { aftermath: 'dispute_multiple' }),
  card('createCe3EligibleDispute', '4000000404000038', { aftermath: 'dispute_fraudulent' }),
  card('createComplianceDispute', '4000008400000779', { aftermath: 'dispute_noncompliant' }),
  card('createMastercardComplianceDispute', '5105008400000002', { aftermath: 'dispute_noncompliant' }, { brand: 'mastercard' }),
  card('createAutoRepresentmentEligibleDispute', '4000000001000043', { aftermath: 'dispute_fraudulent' }),
  // Ordinary disputes, unless the account takes part in the program that prevents them.
  card('createRapidDisputeResolutionDispute', '4000000404004816', { aftermath: 'dispute_resolved_rapidly' }),
  card('createCe3BlockDispute', '4000000404005649', { aftermath: 'dispute_blocked' }),
  card('createEthocaAlert', '5105000300000018', { aftermath: 'dispute_alerted' }, { brand: 'mastercard' }),
];

const risky = [
  card('radarBlock', '4100000000000019', { risk: 'highest' }, { aliases: ['chargeDeclinedFraudulent'] }),
  card('riskLevelHighest', '4000000000004954', { risk: 'highest' }),
  card('riskLevelElevated', '4000000000009235', { risk: 'elevated' }),
  card('cvcCheckFail', '4000000000000101', { checks: { cvc_check: 'fail' } }),
  card('avsZipFail', '4000000000000036', { checks: { address_postal_code_check: 'fail' } }),
  card('avsLine1Fail', '4000000000000028', { checks: { address_line1_check: 'fail' } }),
  card('avsFail', '4000000000000010', { checks: { address_line1_check: 'fail', address_postal_code_check: 'fail' } }),
  card('avsUnchecked', '4000000000000044', { checks: { address_line1_check: 'unavailable', address_postal_code_check: 'unavailable' } }),
  card('highFraudDisputeScore', '4000008400000407', { risk: 'highest' }),
  card('highEfwScore', '4000008400000159', { risk: 'highest' }),
  card('radarDynamicRiskThreshold', '4000008400001017', { risk: 'elevated' }),
  card('freeTrialAbuseBlock', '4001858821843804', { risk: 'highest' }),
  card('cvcCheckFailElevatedRisk', '4000058400307872', { risk: 'elevated', checks: { cvc_check: 'fail' } }),
  card('avsZipFailElevatedRisk', '4000058400306072', { risk: 'elevated', checks: { address_postal_code_check: 'fail' } }),
];

const settling = [
  card('pendingRefund', '4000000000007726', { refund: 'pending' }),
  card('refundFail', '4000000000005126', { refund: 'fails_later' }),
  card('bypassPending', '4000000000000077', { availableAtOnce: true }),
  card('bypassPendingInternational', '4000003720000278', { availableAtOnce: true }, { country: 'IE' }),
];

export const TEST_CARDS: readonly TestCard[] = [
  ...succeeding,
  ...national,
  ...declining,
  ...authenticating,
  ...disputing,
  ...risky,
  ...settling,
  ...ADVICE_CARDS.map(({ name, number, behavior, brand }) => card(name, number, behavior, { brand })),
];

const byName = new Map(TEST_CARDS.flatMap((each) => [each.name, ...each.aliases].map((name) => [name, each] as const)));
// Some tokens share a number: by it, the first is meant.
const byNumber = new Map(TEST_CARDS.toReversed().map((each) => [each.number, each]));

/** The card behind `pm_card_visa`, `tok_visa` or the bare name. */
export function cardByToken(token: string): TestCard | undefined {
  return byName.get(token.replace(/^(pm_card_|tok_)/, ''));
}

export function cardByNumber(number: string): TestCard | undefined {
  return byNumber.get(number);
}
