/** Bank accounts, under the names of their types: as a payment method, and as a charge debited them. */
import type { BankAccount, DebitType } from '../domain/rows/payment-method';
import type { WireCharge } from './shapes/charge';
import type { WirePaymentMethod } from './shapes/payment-method';

export function toStripeBankAccount(type: DebitType, account: BankAccount): Pick<WirePaymentMethod, DebitType> {
  switch (type) {
    case 'acss_debit':
      return { acss_debit: canadian(account) };
    case 'au_becs_debit':
      return { au_becs_debit: australian(account) };
    case 'bacs_debit':
      return { bacs_debit: british(account) };
    case 'sepa_debit':
      return { sepa_debit: { ...european(account), generated_from: null } };
    case 'us_bank_account':
      return { us_bank_account: { ...american(account), ...AMERICAN } };
  }
}

const AMERICAN = {
  financial_connections_account: null,
  networks: { preferred: 'ach' as const, supported: ['ach' as const] },
  status_details: null,
};

export function toStripeDebit(
  type: DebitType,
  account: BankAccount,
  mandate: string | null,
): Pick<WireCharge['payment_method_details'], DebitType> {
  const shown = mandate === null ? {} : { mandate };
  switch (type) {
    case 'acss_debit':
      return { acss_debit: { ...canadian(account), ...shown } };
    case 'au_becs_debit':
      return { au_becs_debit: { ...australian(account), ...shown } };
    case 'bacs_debit':
      return { bacs_debit: { ...british(account), mandate } };
    case 'sepa_debit':
      return { sepa_debit: { ...european(account), mandate } };
    case 'us_bank_account':
      return { us_bank_account: { ...american(account), ...shown, payment_reference: null } };
  }
}

function canadian({ bankName, bankCodes, fingerprint, last4 }: BankAccount) {
  const { institution_number = null, transit_number = null } = bankCodes;
  return { bank_name: bankName, fingerprint, institution_number, last4, transit_number };
}

const australian = ({ bankCodes, fingerprint, last4 }: BankAccount) => ({ bsb_number: bankCodes.bsb_number ?? null, fingerprint, last4 });

const british = ({ bankCodes, fingerprint, last4 }: BankAccount) => ({ fingerprint, last4, sort_code: bankCodes.sort_code ?? null });

function european({ bankCodes, country, fingerprint, last4 }: BankAccount) {
  const { bank_code = null, branch_code = null } = bankCodes;
  return { bank_code, branch_code, country, fingerprint, last4 };
}

function american({ accountType, bankCodes, bankName, fingerprint, holderType, last4 }: BankAccount) {
  return {
    account_holder_type: holderType,
    account_type: accountType,
    bank_name: bankName,
    fingerprint,
    last4,
    routing_number: bankCodes.routing_number ?? null,
  };
}
