import type { License, LicenseActivation, LicensePolicy, LicenseSigningKey } from '../domain/rows/license';
import type { WireLicense, WireLicenseActivation, WireLicensePolicy, WireLicenseSigningKey } from './shapes/license';

export function toLicensePolicy(policy: LicensePolicy): WireLicensePolicy {
  const { id, active, created, livemode, metadata, product } = policy;
  return {
    id,
    object: 'license_policy',
    activation_limit: policy.activationLimit,
    active,
    created,
    duration_days: policy.durationDays,
    lease_days: policy.leaseDays,
    livemode,
    metadata,
    on_cancellation: policy.onCancellation,
    on_dispute: policy.onDispute,
    on_refund: policy.onRefund,
    product,
  };
}

export function toLicenseSigningKey({ id, active, created, livemode }: LicenseSigningKey): WireLicenseSigningKey {
  return { id, object: 'license_signing_key', active, created, livemode };
}

export function toLicense(license: License): WireLicense {
  const { id, created, customer, key, livemode, policy, product, status, subscription } = license;
  return {
    id,
    object: 'license',
    activation_limit: license.activationLimit,
    checkout_session: license.checkoutSession,
    created,
    customer,
    expires_at: license.expiresAt,
    invoice: license.invoice,
    key,
    livemode,
    payment_intent: license.paymentIntent,
    policy,
    product,
    status,
    status_changed_at: license.statusChangedAt,
    status_reason: license.statusReason,
    subscription,
  };
}

export function toLicenseActivation({
  id,
  created,
  fingerprint,
  leasedUntil,
  license,
  livemode,
  name,
}: LicenseActivation): WireLicenseActivation {
  return { id, object: 'license_activation', created, fingerprint, leased_until: leasedUntil, license, livemode, name };
}
