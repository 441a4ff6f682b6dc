/**
 * Cards in requests: test tokens, and the sandbox's own numbers. A number never leaves this file; only its last four digits, a keyed
 * fingerprint and the name of the test card are kept. No other number is accepted.
 */
import { BillingError } from '../../domain/core/errors';
import { fingerprintOf } from '../writes/fingerprints';
import { NO_CHECKS } from '../../domain/rows/payment-attempt';
import type { BillingDetails, Card, CardCheck, WalletType } from '../../domain/rows/payment-method';
import { NO_BILLING_DETAILS, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { Metadata } from '../../domain/rows/resource';
import { cardByNumber, cardByToken, DECLINES, walletOfToken, type TestCard } from '../../gateways/sandbox/cards';
import type { Dependencies } from '../http/dependencies';
import { missing, type ApiRequest } from '../http/request';
import { takeToken } from './tokens';
import { onlyOne } from '../http/exclusive';

export interface CardParameters {
  token?: string | undefined;
  number?: string | undefined;
  exp_month?: number | undefined;
  exp_year?: number | undefined;
  cvc?: string | undefined;
  /** The wallet of a page in test mode that has the card. */
  wallet?: WalletType | undefined;
}

export interface PaymentMethodParameters {
  card?: CardParameters | undefined;
  billing_details?: Partial<BillingDetails> | undefined;
  allow_redisplay?: 'always' | 'limited' | 'unspecified' | undefined;
  metadata?: Metadata | null | undefined;
}

type Asker = Pick<ApiRequest<unknown>, 'scope'> & { deps: Pick<Dependencies, 'secret'> };

/** The expiry of the tokens' cards, late enough for any test clock. */
const TOKEN_EXPIRY = { month: 12, year: 2034 };

const CARD = { type: 'card', bankAccount: null } as const;

export const isCardToken = (id: string): boolean => id.startsWith('pm_card_') || id.startsWith('tok_');

/** What `pm_card_visa`, `tok_visa` and the like stand for; nothing for another token, or in live mode. */
export function cardOfTestToken(asker: Asker, token: string): NewPaymentMethod | undefined {
  const { card: name, wallet } = walletOfToken(token);
  const card = asker.scope.livemode ? undefined : cardByToken(name);
  return card && inWallet(newCard(card, asker, TOKEN_EXPIRY, { cvc_check: 'pass', ...card.behavior.checks }), wallet);
}

/** A device has a number of its own for a card; Link has none. The sandbox's ends like the card's. */
function inWallet(made: NewPaymentMethod, type: WalletType | null | undefined): NewPaymentMethod {
  if (made.card === null || !type) return made;
  return { ...made, card: { ...made.card, wallet: { type, dynamic_last4: type === 'link' ? null : made.card.last4 } } };
}

/**
 * The card behind a token: one of the sandbox's, or one that was made by `POST /v1/tokens` and is spent with this.
 *
 * @throws BillingError resource_missing for an unknown token, or in live mode; token_already_used
 */
export async function cardOfToken(asker: ApiRequest<unknown>, token: string, param: string): Promise<NewPaymentMethod> {
  const card = cardOfTestToken(asker, token);
  if (card) return card;
  if (!token.startsWith('tok_')) return missing('paymentMethod', token, param);
  const { card: kept, billingDetails, gateway, gatewayReference, riskLevel } = await takeToken(asker, token, param);
  return { ...CARD, card: kept, billingDetails, gateway, gatewayReference, riskLevel };
}

/**
 * @throws BillingError parameters_exclusive if a token is next to a part of a card; card_declined with Stripe's more specific code:
 * incorrect_number, invalid_expiry_month, invalid_expiry_year, invalid_cvc; parameter_missing; parameter_invalid for a number in live mode
 */
export async function cardOf(asker: ApiRequest<unknown>, { card, ...of }: PaymentMethodParameters, path = ''): Promise<NewPaymentMethod> {
  const param = path === '' ? 'card' : `${path}[card]`;
  if (!card) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  for (const other of ['number', 'exp_month', 'exp_year', 'cvc'] as const) onlyOne(card, ['token', other], param);
  const made =
    card.token === undefined
      ? cardOfNumber(asker, card, of.billing_details, param)
      : await cardOfToken(asker, card.token, `${param}[token]`);
  return {
    ...inWallet(made, card.wallet),
    billingDetails: { ...NO_BILLING_DETAILS, ...made.billingDetails, ...of.billing_details },
    allowRedisplay: of.allow_redisplay ?? 'unspecified',
    metadata: of.metadata ?? {},
  };
}

/**
 * A card that its bank declines cannot be attached to a customer.
 *
 * @throws BillingError card_declined
 */
export function refuseDeclinedCard({ gateway, gatewayReference }: Pick<NewPaymentMethod, 'gateway' | 'gatewayReference'>): void {
  const decline = gateway === 'sandbox' ? cardByToken(gatewayReference)?.behavior.always : undefined;
  if (!decline) return;
  const { code, decline_code, message } = DECLINES[decline];
  throw cardError(code, message, null, decline_code);
}

function cardOfNumber(asker: Asker, given: CardParameters, billing: Partial<BillingDetails> | undefined, param: string): NewPaymentMethod {
  if (asker.scope.livemode) {
    throw new BillingError('parameter_invalid', 'Card numbers are accepted in test mode only.', { param: `${param}[number]` });
  }
  const { number, exp_month: month, exp_year: year } = required(given, param);
  const card = testCard(number);
  checkExpiry(month, year);
  checkCvc(given.cvc, card.brand);
  return newCard(bearable(card, given.cvc), asker, { month, year }, checks(card, given.cvc, billing));
}

function required(given: CardParameters, param: string) {
  const { number, exp_month, exp_year } = given;
  for (const [name, value] of Object.entries({ number, exp_month, exp_year })) {
    if (value === undefined)
      throw new BillingError('parameter_missing', `Missing required param: ${param}[${name}].`, { param: `${param}[${name}]` });
  }
  const fullYear = (exp_year as number) < 100 ? (exp_year as number) + 2000 : (exp_year as number);
  return { number: (number as string).replace(/[\s-]/g, ''), exp_month: exp_month as number, exp_year: fullYear };
}

function testCard(number: string): TestCard {
  if (!isLuhn(number)) throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  const card = cardByNumber(number);
  if (card) return card;
  const message = 'Your card was declined. Your request was in test mode, but used a card number that is not one of the test cards.';
  throw cardError('card_declined', message, 'number', 'test_mode_live_card');
}

function isLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = Array.from(number)
    .reverse()
    .reduce((running, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return running + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

function checkExpiry(month: number, year: number): void {
  const now = new Date();
  const isPast = year < now.getUTCFullYear();
  if (month < 1 || month > 12) throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  if (isPast || year > now.getUTCFullYear() + 50)
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  if (year === now.getUTCFullYear() && month < now.getUTCMonth() + 1)
    throw cardError('expired_card', 'Your card has expired.', 'exp_month');
}

function checkCvc(cvc: string | undefined, brand: string): void {
  const form = brand === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/;
  if (cvc !== undefined && !form.test(cvc)) throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
}

/** The card with the wrong CVC succeeds if no CVC is sent. */
function bearable(card: TestCard, cvc: string | undefined): TestCard {
  return card.behavior.always === 'incorrect_cvc' && cvc === undefined ? { ...card, name: 'visa' } : card;
}

function checks({ behavior }: TestCard, cvc: string | undefined, billing: Partial<BillingDetails> | undefined) {
  const found = behavior.checks ?? {};
  const check = (given: string | null | undefined, result: CardCheck | undefined): CardCheck | null => (given ? (result ?? 'pass') : null);
  return {
    cvc_check: check(cvc, found.cvc_check),
    address_line1_check: check(billing?.address?.line1, found.address_line1_check),
    address_postal_code_check: check(billing?.address?.postal_code, found.address_postal_code_check),
  };
}

function newCard(card: TestCard, asker: Asker, expiry: { month: number; year: number }, found: Partial<Card['checks']>): NewPaymentMethod {
  return {
    ...CARD,
    gateway: 'sandbox',
    gatewayReference: card.name,
    riskLevel: card.behavior.risk ?? 'normal',
    card: {
      brand: card.brand,
      last4: card.number.slice(-4),
      bin: card.number.slice(0, 6),
      exp_month: expiry.month,
      exp_year: expiry.year,
      fingerprint: fingerprintOf(asker, 'card', card.number),
      funding: card.funding,
      country: card.country,
      checks: { ...NO_CHECKS, ...found },
      three_d_secure_supported: card.behavior.threeDSecure !== 'unsupported',
    },
  };
}

function cardError(code: string, message: string, param: string | null, declineCode: string | null = null): BillingError {
  return new BillingError('card_declined', message, {
    ...(param === null ? {} : { param }),
    card: { code, declineCode, charge: null, paymentMethod: null },
  });
}
