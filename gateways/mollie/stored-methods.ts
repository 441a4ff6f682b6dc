/** Mandates that the seller's app has obtained at Mollie. Mollie charges a mandate for its customer only. */
import type { BillingDetails, Card } from '../../domain/rows/payment-method';
import { NO_CHECKS } from '../../domain/rows/payment-attempt';
import { NO_ADDRESS } from '../../domain/rows/resource';
import type { StoredMethodAnswer } from '../../domain/rows/stored-method';
import type { KeepRequest } from '../payment-gateway';
import { nameOfStored, refused } from '../remote-processor';
import { MollieRefusal, type MollieClient } from './client';
import { mandateSchema, type Mandate } from './objects';

/** A mandate is there already: it is only read. */
export async function keep(mollie: MollieClient, { customer, method }: KeepRequest): Promise<StoredMethodAnswer> {
  if (customer === null) return refused('customer', 'Mollie has a mandate for a customer only: give its name there, cst_….');
  if (!/^cst_\w+$/.test(customer)) return refused('customer', `${customer} names no customer of Mollie: cst_….`);
  if (!/^mdt_\w+$/.test(method)) return refused('payment_method', `${method} names no mandate of Mollie: mdt_….`);
  try {
    return kept(customer, await mollie.get(mandatePath(customer, method), mandateSchema));
  } catch (error) {
    if (error instanceof MollieRefusal) return refused('payment_method', error.message);
    throw error;
  }
}

export const mandatePath = (customer: string, mandate: string): string => `customers/${customer}/mandates/${mandate}`;

function kept(customer: string, mandate: Mandate): StoredMethodAnswer {
  const { id, details, method, status } = mandate;
  if (status === 'invalid') return refused('payment_method', `The mandate ${id} is invalid at Mollie.`);
  const gatewayReference = nameOfStored(customer, id);
  const billingDetails = detailsOf(details.cardHolder ?? details.consumerName ?? null);
  if (method === 'creditcard') return { outcome: 'stored', type: 'card', gatewayReference, billingDetails, card: cardOf(mandate) };
  const iban = details.consumerAccount?.replaceAll(' ', '') ?? '';
  if (method !== 'directdebit' || iban === '')
    return refused('payment_method', `${id} is no mandate of a card or a bank account, but ${method}.`);
  const account = { country: iban.slice(0, 2), last4: iban.slice(-4), bankName: null, bankCodes: {}, holderType: null, accountType: null };
  return { outcome: 'stored', type: 'sepa_debit', gatewayReference, billingDetails, account, number: iban };
}

/** Mollie does not say how the card is funded, nor from where it is. */
function cardOf({ details }: Mandate): Card {
  const [year = '', month = ''] = (details.cardExpiryDate ?? '').split('-');
  return {
    ...{ brand: BRANDS[details.cardLabel ?? ''] ?? 'unknown', last4: details.cardNumber?.slice(-4) ?? '' },
    ...{ exp_month: Number(month), exp_year: Number(year), fingerprint: details.cardFingerprint ?? '' },
    ...{ funding: 'unknown', country: '', checks: NO_CHECKS, three_d_secure_supported: false },
  };
}

const BRANDS: Record<string, string> = {
  'American Express': 'amex',
  'Diners Club': 'diners',
  Discover: 'discover',
  JCB: 'jcb',
  Maestro: 'mastercard',
  Mastercard: 'mastercard',
  Unionpay: 'unionpay',
  Visa: 'visa',
};

const detailsOf = (name: string | null): BillingDetails => ({
  ...{ address: NO_ADDRESS, email: null, name, phone: null, tax_id: null },
});
