/**
 * May this card be charged again now? The rules of card networks on repeated declines, and the advice that a network or bank has given with a
 * decline. Sources: Visa, "Authorization decline response codes" (AI10325): category 1 is never tried again, others at most 15 times in 30 days.
 * Mastercard, Transaction Processing Excellence: at most 10 declines in 24 hours and 35 in 30 days; merchant advice codes (DE 48.84).
 */
import type { Advice, CardTry, PaymentAttempt } from '../rows/payment-attempt';
import { isHardDecline } from './declines';

/** `notBefore`: when it may be tried again, epoch seconds; null: only once it is replaced. */
export type Verdict = { allowed: true } | { allowed: false; reason: string; notBefore: number | null };

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The longest time that any rule looks back. */
export const NETWORK_MEMORY = 30 * DAY;

interface Cap {
  brand: string;
  /** Declines of one card and amount within `seconds`, the first one included. */
  most: number;
  seconds: number;
  words: string;
}

export const CAPS: readonly Cap[] = [
  { brand: 'visa', most: 15, seconds: 30 * DAY, words: '15 declines in 30 days' },
  { brand: 'mastercard', most: 10, seconds: DAY, words: '10 declines in 24 hours' },
  { brand: 'mastercard', most: 35, seconds: 30 * DAY, words: '35 declines in 30 days' },
];

/** Visa's category 1: the issuer will never approve. */
const VISA_NEVER: readonly string[] = ['04', '07', '12', '14', '15', '41', '43', '46', '57', 'R0', 'R1', 'R3'];

/** 01: other account data is needed; 03: do not try again; 04: a token is needed; 21: the cardholder has canceled; 40, 41: a card for one use; 42: sanctions. */
const MASTERCARD_NEVER: readonly string[] = ['01', '03', '04', '21', '40', '41', '42'];

/** How long Mastercard wants merchants to wait, by advice code. */
const MASTERCARD_WAITS: Readonly<Record<string, number>> = {
  '02': 3 * DAY,
  '24': HOUR,
  '25': DAY,
  '26': 2 * DAY,
  '27': 4 * DAY,
  '28': 6 * DAY,
  '29': 8 * DAY,
  '30': 10 * DAY,
};

/** @param tries of the card, those of the last `NETWORK_MEMORY` at least */
export function mayBeCharged(
  brand: string | null,
  tries: readonly CardTry[],
  charge: { amount: number; currency: string; at: number },
): Verdict {
  const obstacles = [...tries.slice(tries.findLastIndex(({ declined }) => !declined) + 1), null].flatMap((each) =>
    each === null ? capsOn(brand, tries, charge) : adviceAfter(brand, each),
  );
  const final = obstacles.find(({ notBefore }) => notBefore === null);
  if (final) return { allowed: false, ...final };
  const latest = obstacles
    .filter(({ notBefore }) => (notBefore ?? 0) > charge.at)
    .sort((a, b) => (b.notBefore ?? 0) - (a.notBefore ?? 0))[0];
  return latest ? { allowed: false, ...latest } : { allowed: true };
}

type Obstacle = Omit<Extract<Verdict, { allowed: false }>, 'allowed'>;

/** What a decline says of the next try of the same card. */
export function adviceAfter(brand: string | null, { at, code, advice, declined }: CardTry): Obstacle[] {
  if (!declined) return [];
  if (isHardDecline(code)) return [{ reason: code ?? 'declined', notBefore: null }];
  if (isForbidden(brand, advice)) return [{ reason: `${brand ?? 'the network'} forbids it: ${wordsOf(advice)}`, notBefore: null }];
  const wait = brand === 'mastercard' ? MASTERCARD_WAITS[advice?.network_advice_code ?? ''] : undefined;
  return wait === undefined ? [] : [{ reason: `mastercard wants it later: ${wordsOf(advice)}`, notBefore: at + wait }];
}

function isForbidden(brand: string | null, advice: Advice | null): boolean {
  if (advice === null) return false;
  if (advice.advice_code === 'do_not_try_again') return true;
  if (brand === 'visa') return VISA_NEVER.includes(advice.network_decline_code ?? '');
  return brand === 'mastercard' && MASTERCARD_NEVER.includes(advice.network_advice_code ?? '');
}

function wordsOf(advice: Advice | null): string {
  const { advice_code: own, network_advice_code: code, network_decline_code: decline } = advice ?? NO_ADVICE;
  return code === null ? `code ${decline ?? own ?? 'none'}` : `advice ${code}`;
}

const NO_ADVICE: Advice = { advice_code: null, network_advice_code: null, network_decline_code: null };

function capsOn(brand: string | null, tries: readonly CardTry[], charge: { amount: number; currency: string }): Obstacle[] {
  const declines = tries.filter(({ amount, currency, declined }) => declined && amount === charge.amount && currency === charge.currency);
  const newestFirst = declines.map(({ at }) => at).sort((a, b) => b - a);
  return CAPS.filter((cap) => cap.brand === brand).flatMap(({ most, seconds, words }) => {
    const first = newestFirst[most - 1];
    return first === undefined ? [] : [{ reason: `${brand ?? ''} allows ${words} of a card and an amount`, notBefore: first + seconds }];
  });
}

/** The tries among the attempts that a network has seen, oldest first. */
export function cardTriesIn(attempts: readonly PaymentAttempt[]): CardTry[] {
  return attempts.flatMap((attempt) => cardTryOf(attempt) ?? []).sort((a, b) => a.at - b.at);
}

export function cardTryOf({ amount, currency, answer, answeredAt, created, kind }: PaymentAttempt): CardTry | null {
  const of = { at: answeredAt ?? created, amount, currency };
  if (answer === null || kind === 'setup') return null;
  if (answer.outcome === 'succeeded') return { ...of, declined: false, code: null, advice: null };
  if (answer.outcome !== 'declined' || answer.networkStatus === 'not_sent_to_network') return null;
  return { ...of, declined: true, code: answer.error.decline_code ?? answer.error.code, advice: answer.advice ?? null };
}
