import { cardIn, type BillingDetails, type Card, type PaymentMethod } from '../domain/rows/payment-method';
import type { WireCard } from './shapes/card';

type Shown = Pick<PaymentMethod, 'billingDetails' | 'card' | 'customer' | 'id' | 'metadata'>;

/** A card in its older form: a source of a customer, or the content of a token. */
export function toStripeCard({ id, customer, card: of, billingDetails, metadata }: Shown): WireCard {
  const card = cardIn({ id, card: of });
  return {
    id,
    object: 'card',
    ...addressOf(billingDetails),
    address_line1_check: card.checks.address_line1_check,
    address_zip_check: card.checks.address_postal_code_check,
    allow_redisplay: 'unspecified',
    brand: BRANDS[card.brand] ?? 'Unknown',
    country: card.country,
    customer,
    cvc_check: card.checks.cvc_check,
    dynamic_last4: null,
    ...ofPlastic(card),
    metadata,
    name: billingDetails.name,
    networks: { preferred: null },
    regulated_status: 'unregulated',
    tokenization_method: null,
  };
}

/** Sources have the brand's written name, payment methods have its code. */
const BRANDS: Record<string, WireCard['brand']> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'MasterCard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

function ofPlastic({ exp_month, exp_year, fingerprint, funding, last4 }: Card) {
  return { exp_month, exp_year, fingerprint, funding, last4 };
}

function addressOf({ address }: BillingDetails) {
  return {
    address_city: address.city,
    address_country: address.country,
    address_line1: address.line1,
    address_line2: address.line2,
    address_state: address.state,
    address_zip: address.postal_code,
  };
}
