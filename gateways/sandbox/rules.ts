/** The answers of the sandbox's bank: a function of the card or account and the request, so that the same request always gets the same answer. */
import { NO_CHECKS, paidWithoutCard, type Exemption, type GatewayAnswer, type GatewayChecks } from '../../domain/rows/payment-attempt';
import type { PaymentError } from '../../domain/rows/payment-intent';
import { REDIRECT_TYPES } from '../../domain/rows/payment-method';
import type { RefundAnswer } from '../../domain/rows/refund';
import type { CardRequest } from '../payment-gateway';
import { answerAccountSetup, answerDebit, bankAccountByToken, unverified } from './bank-accounts';
import { answerVoucher, isVoucherReference } from './vouchers';
import { LINK } from './wallets';
import { DECLINES, type CardBehavior, type Decline } from './card-behavior';
import { cardByToken } from './cards';

const DAY = 86_400;

/** Where the cardholder authenticates; the server serves this page. */
const authenticationUrl = (publicUrl: string): string => `${publicUrl}/sandbox/3ds/{client_secret}`;

function behaviorOf(reference: string): CardBehavior {
  const card = cardByToken(reference);
  if (!card) throw new Error(`the sandbox has no card ${reference}`);
  return card.behavior;
}

type Charging = CardRequest & { capture: boolean; multicapture?: true };

export function answerCharge(request: Charging, publicUrl: string): GatewayAnswer {
  return answerWithoutCard(request, publicUrl) ?? answerCard(request, publicUrl);
}

/** Null: a card pays. */
function answerWithoutCard(request: CardRequest & { capture: boolean }, publicUrl: string): GatewayAnswer | null {
  const account = bankAccountByToken(request.card);
  if (account) return unverified(request, account, publicUrl) ?? answerDebit(request.idempotencyKey, account);
  if (isApprovedAlready(request)) return paidWithoutCard(request.idempotencyKey, { captured: request.capture });
  if (request.card === LINK || isRedirected(request.card)) return answerRedirect(request, publicUrl);
  return isVoucherReference(request.card) ? answerVoucher(request.idempotencyKey, request.card, publicUrl) : null;
}

function answerCard(request: Charging, publicUrl: string): GatewayAnswer {
  const behavior = behaviorOf(request.card);
  const authenticated = request.threeDSecure === 'authenticated';
  if (behavior.always) return declined(request, behavior, behavior.always);
  if (!authenticated && mustAuthenticate(behavior, request)) return authentication(request, behavior, publicUrl);
  const decline = (authenticated ? behavior.afterAuthentication : undefined) ?? behavior.charge;
  if (decline) return declined(request, behavior, decline);
  return {
    outcome: 'succeeded',
    reference: request.idempotencyKey,
    captured: request.capture,
    ...(request.multicapture && !request.capture ? { multicapture: true } : {}),
    checks: checksOf(behavior),
    networkStatus: 'approved_by_network',
    ...authenticationOf(behavior, authenticated),
    ...exemptionOf(behavior, request),
    aftermath: behavior.aftermath ?? null,
    pendingBalance: behavior.availableAtOnce !== true,
  };
}

/** The payer approves the first payment from an account at Link. */
const isApprovedAlready = ({ card, offSession, setUp }: CardRequest): boolean => card === LINK && (offSession || setUp);

const isRedirected = (reference: string): boolean => (REDIRECT_TYPES as readonly string[]).includes(reference);

/** The payer is sent to a page, on which the payment is approved or refused. */
function answerRedirect(
  { capture, idempotencyKey: reference, threeDSecure }: CardRequest & { capture: boolean },
  publicUrl: string,
): GatewayAnswer {
  if (threeDSecure !== 'authenticated') return { outcome: 'requires_action', reference, url: authenticationUrl(publicUrl) };
  return paidWithoutCard(reference, { captured: capture });
}

/** Verifies a card. Cards that fail only when charged pass it; cards that authenticate at setup do so now. */
export function answerSetup(request: CardRequest, publicUrl: string): GatewayAnswer {
  const account = bankAccountByToken(request.card);
  if (account) return unverified(request, account, publicUrl) ?? answerAccountSetup(request.idempotencyKey);
  if (request.card === LINK) return answerRedirect({ ...request, capture: false }, publicUrl);
  const behavior = behaviorOf(request.card);
  const authenticated = request.threeDSecure === 'authenticated';
  if (behavior.always) return declined(request, behavior, behavior.always);
  if (!authenticated && mustAuthenticate(behavior, { ...request, offSession: false })) return authentication(request, behavior, publicUrl);
  return {
    outcome: 'succeeded',
    reference: request.idempotencyKey,
    captured: false,
    checks: checksOf(behavior),
    networkStatus: 'approved_by_network',
    ...authenticationOf(behavior, authenticated),
    aftermath: null,
    pendingBalance: false,
  };
}

export function answerRefund(idempotencyKey: string, card: string): RefundAnswer {
  const { refund } = cardByToken(card)?.behavior ?? {};
  const reference = idempotencyKey;
  if (refund === 'pending') return { outcome: 'pending', reference, settles: { as: 'succeeded', afterSeconds: DAY } };
  if (refund === 'fails_later') return { outcome: 'succeeded', reference, settles: { as: 'failed', afterSeconds: DAY } };
  return { outcome: 'succeeded', reference, settles: null };
}

/** What a bank says that cannot decide now: another try may succeed. */
export function processingError({ idempotencyKey }: Pick<CardRequest, 'idempotencyKey'>): GatewayAnswer {
  return {
    outcome: 'declined',
    reference: idempotencyKey,
    error: paymentError('processing_error'),
    networkStatus: 'declined_by_network',
    checks: NO_CHECKS,
  };
}

function mustAuthenticate({ authentication, threeDSecure }: CardBehavior, request: CardRequest): boolean {
  switch (authentication) {
    case 'always':
      return true;
    case 'unless_set_up':
      return !request.offSession || !request.setUp;
    case 'on_session':
      return !request.offSession;
    case 'if_requested':
      return request.threeDSecure === 'requested' && threeDSecure !== 'unsupported';
    case undefined:
      return false;
  }
}

function authenticationOf({ frictionless }: CardBehavior, authenticated: boolean): { threeDSecure: boolean; frictionless?: true } {
  return frictionless ? { threeDSecure: true, frictionless } : { threeDSecure: authenticated };
}

/** The bank accepts every exemption of a card that it would not ask about. */
function exemptionOf({ frictionless }: CardBehavior, { exemption, threeDSecure }: CardRequest): { exemption?: Exemption } {
  return exemption === undefined || frictionless || threeDSecure === 'authenticated' ? {} : { exemption };
}

function authentication(request: CardRequest, behavior: CardBehavior, publicUrl: string): GatewayAnswer {
  if (behavior.authenticationError) return declined(request, behavior, behavior.authenticationError);
  return { outcome: 'requires_action', reference: request.idempotencyKey, url: authenticationUrl(publicUrl) };
}

function declined(request: CardRequest, behavior: CardBehavior, decline: Decline): GatewayAnswer {
  return {
    outcome: 'declined',
    reference: request.idempotencyKey,
    error: paymentError(decline),
    networkStatus: 'declined_by_network',
    checks: checksOf(behavior),
    ...(behavior.advice ? { advice: behavior.advice } : {}),
  };
}

function paymentError(decline: Decline): PaymentError {
  return { type: 'card_error', ...DECLINES[decline], payment_method: null, charge: null };
}

function checksOf(behavior: CardBehavior): GatewayChecks {
  return { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass', ...behavior.checks };
}
