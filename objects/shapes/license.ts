import { z } from 'zod';
import { epoch, integer, metadata } from './parts';

const consequence = z.enum(['keep', 'revoke']);

/** A product comes with a license key. Dunlin's own. */
export const licensePolicy = z
  .strictObject({
    id: z.string(),
    object: z.literal('license_policy'),
    activation_limit: integer().nullable(),
    active: z.boolean(),
    created: epoch(),
    duration_days: integer().nullable(),
    lease_days: integer(),
    livemode: z.boolean(),
    metadata: metadata(),
    on_cancellation: consequence,
    on_dispute: consequence,
    on_refund: consequence,
    product: z.string(),
  })
  .meta({ id: 'license_policy' });
export type WireLicensePolicy = z.output<typeof licensePolicy>;

/** A key of the ring that signs licenses. Dunlin's own. */
export const licenseSigningKey = z
  .strictObject({
    id: z.string(),
    object: z.literal('license_signing_key'),
    active: z.boolean(),
    created: epoch(),
    livemode: z.boolean(),
  })
  .meta({ id: 'license_signing_key' });
export type WireLicenseSigningKey = z.output<typeof licenseSigningKey>;

/** What a customer has bought, with the key that proves it. Dunlin's own. */
export const license = z
  .strictObject({
    id: z.string(),
    object: z.literal('license'),
    activation_limit: integer().nullable(),
    checkout_session: z.string().nullable(),
    created: epoch(),
    customer: z.string().nullable(),
    expires_at: epoch().nullable(),
    invoice: z.string().nullable(),
    key: z.string(),
    livemode: z.boolean(),
    payment_intent: z.string().nullable(),
    policy: z.string(),
    product: z.string(),
    status: z.enum(['active', 'revoked', 'suspended']),
    status_changed_at: epoch(),
    status_reason: z.enum(['canceled', 'disputed', 'refunded', 'requested', 'unpaid']).nullable(),
    subscription: z.string().nullable(),
  })
  .meta({ id: 'license' });
export type WireLicense = z.output<typeof license>;

/** A machine that uses a license. Dunlin's own. */
export const licenseActivation = z
  .strictObject({
    id: z.string(),
    object: z.literal('license_activation'),
    created: epoch(),
    fingerprint: z.string(),
    leased_until: epoch(),
    license: z.string(),
    livemode: z.boolean(),
    name: z.string().nullable(),
  })
  .meta({ id: 'license_activation' });
export type WireLicenseActivation = z.output<typeof licenseActivation>;
