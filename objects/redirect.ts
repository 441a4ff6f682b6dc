/** Ways to pay that send the payer elsewhere, under the names of their types. The sandbox knows no bank of theirs. */
import type { RedirectType } from '../domain/rows/payment-method';
import type { WireCharge } from './shapes/charge';
import type { WirePaymentMethod } from './shapes/payment-method';

export function toStripeRedirect(type: RedirectType): Pick<WirePaymentMethod, RedirectType> {
  switch (type) {
    case 'bancontact':
      return { bancontact: {} };
    case 'eps':
      return { eps: { bank: null } };
    case 'ideal':
      return { ideal: { bank: null, bic: null } };
    case 'klarna':
      return { klarna: {} };
    case 'p24':
      return { p24: { bank: null } };
    case 'twint':
      return { twint: {} };
  }
}

const NOT_GENERATED = { generated_sepa_debit: null, generated_sepa_debit_mandate: null, iban_last4: null };
const NO_BANK = { bank_code: null, bank_name: null, bic: null };

/** @param of what the payer has said of themselves, and the processor's name for the payment */
export function toStripeRedirected(
  type: RedirectType,
  { name, reference }: { name: string | null; reference: string | null },
): Pick<WireCharge['payment_method_details'], RedirectType> {
  switch (type) {
    case 'bancontact':
      return { bancontact: { ...NO_BANK, ...NOT_GENERATED, preferred_language: null, verified_name: name } };
    case 'eps':
      return { eps: { bank: null, verified_name: name } };
    case 'ideal':
      return { ideal: { bank: null, bic: null, ...NOT_GENERATED, transaction_id: reference, verified_name: name } };
    case 'klarna':
      return { klarna: { payer_details: null, payment_method_category: 'pay_later', preferred_locale: null } };
    case 'p24':
      return { p24: { bank: null, reference, verified_name: name } };
    case 'twint':
      return { twint: {} };
  }
}
