import type { Resource } from './resource';

export const CLOSED_REASONS = [
  'acknowledged',
  'approved',
  'canceled',
  'disputed',
  'payment_never_settled',
  'redacted',
  'refunded',
  'refunded_as_fraud',
] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** What happens when nobody has decided in time: nothing, the payment is approved, or it is refunded as fraud. */
export const DEFAULT_DECISIONS = ['approve', 'none', 'refund'] as const;
export type DefaultDecision = (typeof DEFAULT_DECISIONS)[number];

/** A person decides on a payment, which has succeeded meanwhile. */
export interface Review extends Resource {
  customer: string | null;
  charge: string;
  paymentIntent: string;
  /** The postal code of the card's owner. */
  billingZip: string | null;
  open: boolean;
  openedReason: 'manual' | 'rule';
  closedReason: ClosedReason | null;
  closedAt: number | null;
  /** Who decides; null: whoever looks. */
  owner: string | null;
  /** Epoch seconds. Null: there is no deadline. */
  decideBy: number | null;
  defaultDecision: DefaultDecision;
  missedAt: number | null;
}

export const FRAUD_TYPES = [
  'card_never_received',
  'fraudulent_card_application',
  'made_with_counterfeit_card',
  'made_with_lost_card',
  'made_with_stolen_card',
  'misc',
  'unauthorized_use_of_card',
] as const;
export type FraudType = (typeof FRAUD_TYPES)[number];

/** The bank of a card says that a charge may be fraud, before its holder disputes it. */
export interface EarlyFraudWarning extends Resource {
  customer: string | null;
  charge: string;
  paymentIntent: string;
  fraudType: FraudType;
  /** A refund can still prevent a dispute: the charge is neither disputed nor refunded in full. */
  actionable: boolean;
}
