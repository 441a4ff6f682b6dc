import type { CheckoutLine, CheckoutSession, CheckoutSettings } from './checkout-session';
import type { Metadata, Resource } from './resource';

/** An address at which each visitor gets a checkout session with these lines and settings. */
export interface PaymentLink extends Resource {
  /** The flag that the seller set; `isActive` says whether the link still opens sessions. */
  active: boolean;
  url: string;
  mode: Exclude<CheckoutSession['mode'], 'setup'>;
  currency: string;
  lineItems: CheckoutLine[];
  settings: CheckoutSettings;
  /** What a visitor reads when the link is not active. */
  inactiveMessage: string | null;
  /** After so many completed sessions, the link opens no more; null: no limit. */
  sessionsLimit: number | null;
  /** The database counts them. */
  completedSessions: number;
  /** Decides which prices a visitor's session has while it runs. */
  experiment: string | null;
  metadata: Metadata;
}

export function isActive({ active, sessionsLimit: limit, completedSessions: count }: PaymentLink): boolean {
  return active && (limit === null || count < limit);
}
