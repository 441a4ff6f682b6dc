import type { Metadata, Resource } from './resource';

/** A product comes with a license key. A product has at most one active policy. */
export interface LicensePolicy extends Resource {
  active: boolean;
  product: string;
  /** How many machines may use a license, for each unit that is bought; null: any number. */
  activationLimit: number | null;
  /** For how long after the purchase; null: for ever, or as long as the subscription gives access. */
  durationDays: number | null;
  /** For how long a machine may run without asking again. */
  leaseDays: number;
  onRefund: 'keep' | 'revoke';
  onDispute: 'keep' | 'revoke';
  onCancellation: 'keep' | 'revoke';
  metadata: Metadata;
}

/** A pair of keys. The private one is derived from the installation's secret and this id. */
export interface LicenseSigningKey extends Resource {
  /** It signs. An older one only verifies. */
  active: boolean;
}

export type LicenseStatus = 'active' | 'suspended' | 'revoked';
export type LicenseReason = 'canceled' | 'disputed' | 'refunded' | 'requested' | 'unpaid';

export interface License extends Resource {
  /** Null for a guest. */
  customer: string | null;
  product: string;
  policy: string;
  subscription: string | null;
  subscriptionItem: string | null;
  checkoutSession: string | null;
  paymentIntent: string | null;
  /** The invoice that sold it once, and its line. */
  invoice: string | null;
  invoiceLine: string | null;
  /** `suspended`: its subscription gives no access at present, and may do so again. */
  status: LicenseStatus;
  /** Why it is not active. */
  statusReason: LicenseReason | null;
  statusChangedAt: number;
  activationLimit: number | null;
  /** Epoch seconds; null: no end is set. */
  expiresAt: number | null;
  /** The signed text that the customer gets. */
  key: string;
}

/** A machine that uses a license. */
export interface LicenseActivation extends Resource {
  deleted: boolean;
  license: string;
  fingerprint: string;
  name: string | null;
  /** The end of the latest certificate. Epoch seconds. */
  leasedUntil: number;
}

/** What is signed, in the names of JWT where it has one. */
export interface LicenseClaims {
  /** The account. */
  iss: string;
  /** The license. */
  sub: string;
  /** The product. */
  aud: string;
  iat: number;
  exp?: number;
  livemode: boolean;
  customer: string | null;
  features: string[];
  activation_limit: number | null;
  /** Of an activation: its id, and the machine. */
  activation?: string;
  fingerprint?: string;
}

/** Signs claims with the key of this id. */
export type SignLicense = (key: string, type: 'license' | 'activation', claims: LicenseClaims) => string;
