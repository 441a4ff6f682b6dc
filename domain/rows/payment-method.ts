import type { Address, Metadata, Resource } from './resource';

export type CardCheck = 'pass' | 'fail' | 'unavailable' | 'unchecked';

/** In Stripe's snake_case because the API returns it unchanged. Never contains a number or a CVC. */
export interface Card {
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  fingerprint: string;
  funding: 'credit' | 'debit' | 'prepaid' | 'unknown';
  country: string;
  checks: {
    address_line1_check: CardCheck | null;
    address_postal_code_check: CardCheck | null;
    cvc_check: CardCheck | null;
  };
  three_d_secure_supported: boolean;
}

export interface BillingDetails {
  address: Address;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: string | null;
}

export interface PaymentMethod extends Resource {
  customer: string | null;
  type: 'card';
  allowRedisplay: 'always' | 'limited' | 'unspecified';
  billingDetails: BillingDetails;
  card: Card;
  /** The processor that stores it, and its name there. For the sandbox, that name is the card's behavior. */
  gateway: string;
  gatewayReference: string;
  /** What the processor knows about the card's risk before any charge. */
  riskLevel: 'normal' | 'elevated' | 'highest';
  /** A setup or an on-session payment authenticated it, so later off-session charges may skip 3-D Secure. */
  setUp: boolean;
  /** A card in its older form: one of the customer's sources, with an id of its own kind (`card_…`). */
  isSource: boolean;
  /** Whether the card's token (`tok_…`) was used, which is possible once. Null if no token refers to the card. */
  token: 'unused' | 'used' | null;
  metadata: Metadata;
}
