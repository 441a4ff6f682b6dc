/**
 * Bank accounts in requests: the sandbox's own numbers, and test tokens. A number never leaves this file; only its last four digits, a keyed
 * fingerprint and the name of the test account are kept. No other number is accepted.
 */
import { BillingError } from '../../domain/core/errors';
import { NO_BILLING_DETAILS, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { BankCode, BillingDetails, DebitType } from '../../domain/rows/payment-method';
import { bankAccountByNumber, bankAccountByToken, type TestBankAccount } from '../../gateways/sandbox/bank-accounts';
import type { Dependencies } from '../http/dependencies';
import type { ApiRequest } from '../http/request';
import { fingerprintOf } from '../writes/fingerprints';

type Asker = Pick<ApiRequest<unknown>, 'scope'> & { deps: Pick<Dependencies, 'secret'> };

/** As a request has it under the name of its type. */
export interface BankAccountParameters {
  account_holder_type?: 'company' | 'individual' | undefined;
  account_number?: string | undefined;
  account_type?: 'checking' | 'savings' | undefined;
  bsb_number?: string | undefined;
  iban?: string | undefined;
  institution_number?: string | undefined;
  routing_number?: string | undefined;
  sort_code?: string | undefined;
  transit_number?: string | undefined;
}

/** What a request must say of an account, by its type. */
const NUMBERS: Record<DebitType, readonly (keyof BankAccountParameters)[]> = {
  acss_debit: ['account_number', 'institution_number', 'transit_number'],
  au_becs_debit: ['account_number', 'bsb_number'],
  bacs_debit: ['account_number', 'sort_code'],
  sepa_debit: ['iban'],
  us_bank_account: ['account_number', 'routing_number'],
};

/** What the scheme must know of the holder. */
const HOLDERS: Record<DebitType, readonly ('email' | 'name')[]> = {
  acss_debit: ['email', 'name'],
  au_becs_debit: ['email', 'name'],
  bacs_debit: ['email', 'name'],
  sepa_debit: ['email', 'name'],
  us_bank_account: ['name'],
};

/** What `pm_sepaDebit_success_de` and the like stand for; nothing for another token, or in live mode. */
export function bankAccountOfTestToken(asker: Asker, token: string): NewPaymentMethod | undefined {
  const account = asker.scope.livemode ? undefined : bankAccountByToken(token);
  return account && { ...newAccount(account, asker, {}), billingDetails: { ...NO_BILLING_DETAILS, ...TEST_HOLDER } };
}

const TEST_HOLDER = { email: 'jenny.rosen@example.com', name: 'Jenny Rosen' };

/**
 * @param path of the parameters that have the account
 * @throws BillingError parameter_missing; parameter_invalid for a number that is none, is not the sandbox's, or in live mode
 */
export function bankAccountOf(
  asker: Asker,
  { type, account, billing }: { type: DebitType; account: BankAccountParameters; billing: Partial<BillingDetails> | undefined },
  path: (part: string) => string,
): NewPaymentMethod {
  const param = (name: string): string => `${path(type)}[${name}]`;
  if (asker.scope.livemode) {
    throw new BillingError('parameter_invalid', 'Numbers of bank accounts are accepted in test mode only.', { param: path(type) });
  }
  requireAll(account, NUMBERS[type], param);
  requireAll(billing ?? {}, HOLDERS[type], (name) => `${path('billing_details')}[${name}]`);
  const field = type === 'sepa_debit' ? 'iban' : 'account_number';
  const number = (account[field] ?? '').replace(/[\s-]/g, '').toUpperCase();
  if (type === 'sepa_debit' && !isIban(number)) throw wrong('The IBAN you provided is invalid.', param(field));
  const known = bankAccountByNumber(type, number, codesOf(account));
  if (known) return { ...newAccount(known, asker, account), billingDetails: { ...NO_BILLING_DETAILS, ...billing } };
  throw wrong('Your request was in test mode, but used a bank account that is not one of the test accounts.', param(field));
}

function requireAll<Name extends string>(
  given: Partial<Record<Name, unknown>>,
  names: readonly Name[],
  param: (name: Name) => string,
): void {
  const missing = names.find((name) => !given[name]);
  if (missing === undefined) return;
  throw new BillingError('parameter_missing', `Missing required param: ${param(missing)}.`, { param: param(missing) });
}

const wrong = (message: string, param: string) => new BillingError('parameter_invalid', message, { param });

function codesOf(account: BankAccountParameters): Partial<Record<BankCode, string>> {
  const { bsb_number, institution_number, routing_number, sort_code, transit_number } = account;
  const given = Object.entries({ bsb_number, institution_number, routing_number, sort_code, transit_number });
  return Object.fromEntries(given.flatMap(([code, value]) => (value === undefined ? [] : [[code, value.replace(/[\s-]/g, '')]])));
}

/** ISO 13616: with the country and check digits at the end, and letters as numbers, the remainder by 97 is 1. */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) return false;
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (letter) => String(Number.parseInt(letter, 36))).join('');
  return BigInt(digits) % 97n === 1n;
}

function newAccount(
  { name, type, number, country, codes, bankName, behavior }: TestBankAccount,
  { scope, deps }: Asker,
  given: BankAccountParameters,
): NewPaymentMethod {
  const fingerprint = fingerprintOf({ scope, deps }, 'account', `${type} ${Object.values(codes).join(' ')} ${number}`);
  const isAmerican = type === 'us_bank_account';
  return {
    type,
    card: null,
    bankAccount: {
      country,
      fingerprint,
      last4: number.slice(-4),
      bankName,
      bankCodes: codes,
      holderType: isAmerican ? (given.account_holder_type ?? 'individual') : null,
      accountType: isAmerican ? (given.account_type ?? 'checking') : null,
    },
    gateway: 'sandbox',
    gatewayReference: name,
    riskLevel: behavior.risk ?? 'normal',
  };
}
