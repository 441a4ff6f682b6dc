/** Ways to pay that pay once, under the names of their types: the payer is sent elsewhere, or has a voucher. The sandbox knows no bank of theirs. */
import type { ChargedMethod } from '../domain/rows/charge';
import type { RedirectType, VoucherType } from '../domain/rows/payment-method';
import type { WireCharge } from './shapes/charge';
import type { WirePaymentMethod } from './shapes/payment-method';

/** @param taxId of the payer of a Boleto */
export function toStripeOnce(type: RedirectType | VoucherType, taxId: string | null): Pick<WirePaymentMethod, RedirectType | VoucherType> {
  return type === 'boleto' ? { boleto: { tax_id: taxId ?? '' } } : KNOWN[type];
}

const KNOWN = {
  bancontact: { bancontact: {} },
  eps: { eps: { bank: null } },
  ideal: { ideal: { bank: null, bic: null } },
  klarna: { klarna: {} },
  konbini: { konbini: {} },
  multibanco: { multibanco: {} },
  oxxo: { oxxo: {} },
  p24: { p24: { bank: null } },
  twint: { twint: {} },
} as const satisfies Record<Exclude<RedirectType | VoucherType, 'boleto'>, object>;

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

/** @param taxId as for `toStripeOnce` */
export function toStripeVoucher(
  { type, entity, number }: NonNullable<ChargedMethod['voucher']>,
  taxId: string | null,
): Pick<WireCharge['payment_method_details'], VoucherType> {
  switch (type) {
    case 'boleto':
      return { boleto: { tax_id: taxId ?? '' } };
    case 'konbini':
      return { konbini: { store: null } };
    case 'multibanco':
      return { multibanco: { entity, reference: number } };
    case 'oxxo':
      return { oxxo: { number } };
  }
}
