import {
  isDebit,
  paysOnce,
  type Card,
  type DebitType,
  type PaymentMethod,
  type RedirectType,
  type VoucherType,
} from '../domain/rows/payment-method';
import { toStripeBankAccount } from './bank-account';
import { toStripeOnce } from './redirect';
import { toStripeWallet } from './wallet';
import type { WirePaymentMethod } from './shapes/payment-method';

/** A customer's card or bank account, with the fields that may be shown. */
export function toStripePaymentMethod(method: PaymentMethod): WirePaymentMethod {
  return {
    id: method.id,
    object: 'payment_method',
    allow_redisplay: method.allowRedisplay,
    billing_details: method.billingDetails,
    ...toStripeMethod(method),
    created: method.created,
    customer: method.customer,
    customer_account: null,
    livemode: method.livemode,
    metadata: method.metadata,
  };
}

type Kind = Pick<PaymentMethod, 'bankAccount' | 'billingDetails' | 'card' | 'type'>;
type WireKind = Pick<WirePaymentMethod, DebitType | RedirectType | VoucherType | 'card' | 'link' | 'type'>;

/** The card or bank account of a payment method, or of its preview, under the name of its type. */
export function toStripeMethod({ bankAccount, billingDetails, card, type }: Kind): WireKind {
  if (isDebit(type) && bankAccount !== null) return { ...toStripeBankAccount(type, bankAccount), type };
  if (type === 'link') return { link: { email: billingDetails.email }, type };
  if (paysOnce(type)) return { ...toStripeOnce(type, billingDetails.tax_id), type };
  return card === null ? { type } : { card: toStripeCard(card), type };
}

function toStripeCard(card: Card): NonNullable<WirePaymentMethod['card']> {
  return {
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    display_brand: card.brand,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.three_d_secure_supported },
    wallet: toStripeWallet(card),
  };
}
