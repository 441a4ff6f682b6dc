/**
 * Every bank account that the sandbox knows: Stripe's test accounts, by number and by token (`pm_<name>`), with what their bank decides. Any
 * other number is refused; no real account can be debited here.
 */
import { NO_CHECKS, paidWithoutCard, type Aftermath, type FinalAnswer, type GatewayAnswer } from '../../domain/rows/payment-attempt';
import type { PaymentError } from '../../domain/rows/payment-intent';
import type { BankCode, DebitType } from '../../domain/rows/payment-method';
import type { DepositVerdict } from '../../domain/collection/verification';
import type { CardRequest } from '../payment-gateway';
import { SEPA_ACCOUNTS } from './sepa-accounts';

type Failure = keyof typeof FAILURES;

export interface DebitBehavior {
  /** The bank collects nothing, for this reason. Absent: it pays. */
  fails?: Failure;
  /** Without a test clock it decides after three minutes, in place of seconds. */
  delayed?: true;
  /** It never decides. */
  undecided?: true;
  aftermath?: Aftermath;
  risk?: 'highest';
}

export interface TestBankAccount {
  /** For `pm_<name>`; also the sandbox's reference. */
  name: string;
  type: DebitType;
  country: string;
  /** With `number`, what a request says. */
  codes: Partial<Record<BankCode, string>>;
  number: string;
  bankName: string | null;
  behavior: DebitBehavior;
}

/** How a debit fails, by Stripe's failure codes. */
const FAILURES = {
  generic_decline: 'The bank declined the debit.',
  account_closed: "The customer's bank account has been closed.",
  charge_exceeds_source_limit: 'The payment exceeds the weekly volume limit of this bank account.',
  charge_exceeds_weekly_limit: 'The payment exceeds the weekly limit of transactions of this bank account.',
  debit_not_authorized: 'The customer has notified their bank that this payment was unauthorized.',
  insufficient_funds: "The customer's account has insufficient funds to cover this payment.",
  invalid_currency: 'The bank account is held in another currency.',
  no_account: "The customer's bank account could not be located.",
} as const;

const OUTCOMES: Record<string, DebitBehavior> = {
  success: {},
  successDelayed: { delayed: true },
  failed: { fails: 'generic_decline' },
  failedDelayed: { fails: 'generic_decline', delayed: true },
  disputed: { aftermath: 'debit_returned' },
  exceedsWeeklyVolumeLimit: { fails: 'charge_exceeds_source_limit' },
  exceedsWeeklyTransactionLimit: { fails: 'charge_exceeds_weekly_limit' },
  insufficientFunds: { fails: 'insufficient_funds' },
  accountClosed: { fails: 'account_closed' },
  noAccount: { fails: 'no_account' },
  debitNotAuthorized: { fails: 'debit_not_authorized' },
  invalidCurrency: { fails: 'invalid_currency' },
  dispute: { aftermath: 'debit_returned' },
  processing: { undecided: true },
  weeklyLimitExceeded: { fails: 'charge_exceeds_source_limit' },
  riskLevelHighest: { risk: 'highest' },
};

function accountsOf(
  of: Pick<TestBankAccount, 'bankName' | 'codes' | 'country' | 'type'> & { prefix: string },
  numbers: Record<string, string>,
): TestBankAccount[] {
  const { prefix, ...rest } = of;
  return Object.entries(numbers).map(([outcome, number]) => ({
    ...rest,
    name: `${prefix}_${outcome}`,
    number,
    behavior: OUTCOMES[outcome] ?? {},
  }));
}

const american = accountsOf(
  { prefix: 'usBankAccount', type: 'us_bank_account', country: 'US', codes: { routing_number: '110000000' }, bankName: 'STRIPE TEST BANK' },
  {
    success: '000123456789',
    accountClosed: '000111111113',
    noAccount: '000111111116',
    insufficientFunds: '000222222227',
    debitNotAuthorized: '000333333335',
    invalidCurrency: '000444444440',
    dispute: '000555555559',
    weeklyLimitExceeded: '000777777771',
    processing: '000000000009',
    riskLevelHighest: '000000004954',
  },
);

const british = accountsOf(
  { prefix: 'bacsDebit', type: 'bacs_debit', country: 'GB', codes: { sort_code: '108800' }, bankName: null },
  {
    success: '00012345',
    successDelayed: '90012345',
    insufficientFunds: '22222227',
    debitNotAuthorized: '33333335',
    disputed: '55555559',
    exceedsWeeklyVolumeLimit: '34343434',
    exceedsWeeklyTransactionLimit: '12121212',
  },
);

const australian = accountsOf(
  { prefix: 'auBecsDebit', type: 'au_becs_debit', country: 'AU', codes: { bsb_number: '000000' }, bankName: null },
  {
    success: '000123456',
    successDelayed: '900123456',
    accountClosed: '111111113',
    noAccount: '111111116',
    insufficientFunds: '222222227',
    debitNotAuthorized: '333333335',
    disputed: '555555559',
    exceedsWeeklyVolumeLimit: '343434343',
    exceedsWeeklyTransactionLimit: '121212121',
  },
);

const canadian = accountsOf(
  {
    prefix: 'acssDebit',
    type: 'acss_debit',
    country: 'CA',
    codes: { institution_number: '000', transit_number: '11000' },
    bankName: 'STRIPE TEST BANK',
  },
  {
    success: '000123456789',
    successDelayed: '900123456789',
    noAccount: '000111111116',
    accountClosed: '000111111113',
    insufficientFunds: '000222222227',
    debitNotAuthorized: '000333333335',
    disputed: '000555555559',
  },
);

const european: TestBankAccount[] = SEPA_ACCOUNTS.map(({ country, outcome, iban, codes }) => ({
  name: `sepaDebit_${outcome}_${country.toLowerCase()}`,
  type: 'sepa_debit',
  country,
  codes,
  number: iban,
  bankName: null,
  behavior: OUTCOMES[outcome] ?? {},
}));

const TEST_BANK_ACCOUNTS: readonly TestBankAccount[] = [...american, ...british, ...australian, ...canadian, ...european];

const byName = new Map(TEST_BANK_ACCOUNTS.map((account) => [account.name, account]));

/** The account behind `pm_sepaDebit_success_de`, or the bare name. */
export function bankAccountByToken(token: string): TestBankAccount | undefined {
  return byName.get(token.replace(/^pm_/, ''));
}

export function bankAccountByNumber(
  type: DebitType,
  number: string,
  codes: Partial<Record<BankCode, string>>,
): TestBankAccount | undefined {
  // An IBAN has its codes in it.
  const fits = (account: TestBankAccount) =>
    type === 'sepa_debit' || Object.entries(account.codes).every(([code, value]) => codes[code as BankCode] === value);
  return TEST_BANK_ACCOUNTS.find((account) => account.type === type && account.number === number && fits(account));
}

/** How many days a scheme takes until it is known whether the bank pays. */
const DAYS: Record<DebitType, number> = { acss_debit: 5, au_becs_debit: 3, bacs_debit: 3, sepa_debit: 5, us_bank_account: 4 };

/** Without a test clock. Stripe's test mode does the same. */
const SECONDS = { soon: 3, delayed: 180 };

/** What the bank answers at once: that it collects. */
export function answerDebit(reference: string, { type, behavior }: TestBankAccount): GatewayAnswer {
  if (behavior.undecided) return { outcome: 'processing', reference, settles: null };
  const afterSeconds = behavior.delayed ? SECONDS.delayed : SECONDS.soon;
  return { outcome: 'processing', reference, settles: { answer: decision(reference, behavior), afterDays: DAYS[type], afterSeconds } };
}

/** Null: the account is verified, or need not be. */
export function unverified(
  { idempotencyKey: reference, threeDSecure, verifies }: Pick<CardRequest, 'idempotencyKey' | 'threeDSecure' | 'verifies'>,
  { type }: TestBankAccount,
  publicUrl: string,
): GatewayAnswer | null {
  if (verifies !== true || threeDSecure === 'authenticated') return null;
  const url = `${publicUrl}/sandbox/microdeposits/{client_secret}`;
  return { outcome: 'requires_action', reference, url, deposits: type === 'us_bank_account' ? 'descriptor_code' : 'amounts' };
}

/** Stripe's test values of what the holder tells. Anything else does not match. */
export function depositVerdict({
  amounts,
  descriptorCode,
}: {
  amounts?: readonly number[] | undefined;
  descriptorCode?: string | undefined;
}): DepositVerdict {
  const told = descriptorCode ?? [...(amounts ?? [])].sort((one, other) => one - other).join('+');
  if (told === '32+45' || told === 'SM11AA') return 'matches';
  if (told === '40+41' || told === 'SM44DD') return 'attempts_exceeded';
  return descriptorCode === undefined ? 'amounts_mismatch' : 'descriptor_code_mismatch';
}

/** An account is verified without a debit. */
export const answerAccountSetup = (reference: string): GatewayAnswer => ({ ...succeeded(reference), captured: false });

function decision(reference: string, { fails, aftermath }: DebitBehavior): FinalAnswer {
  if (fails === undefined) return { ...succeeded(reference), aftermath: aftermath ?? null };
  return { outcome: 'declined', reference, error: errorOf(fails), networkStatus: 'declined_by_network', checks: NO_CHECKS };
}

const succeeded = (reference: string): ReturnType<typeof paidWithoutCard> => ({
  ...paidWithoutCard(reference, { captured: true }),
  pendingBalance: false,
});

const errorOf = (failure: Failure): PaymentError => ({
  type: 'card_error',
  code: failure,
  decline_code: failure,
  message: FAILURES[failure],
  payment_method: null,
  charge: null,
});
