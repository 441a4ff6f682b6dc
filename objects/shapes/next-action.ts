import { z } from 'zod';
import { epoch } from './parts';

const store = z.strictObject({ confirmation_number: z.string().optional(), payment_code: z.string() });
const page = { hosted_voucher_url: z.string() };

/** What the payer does next: authenticates on a page, which Stripe.js may open, too, pays with a voucher, or verifies an account. */
export const nextAction = z.union([
  z.strictObject({
    redirect_to_url: z.strictObject({ return_url: z.string().nullable(), url: z.string() }),
    type: z.literal('redirect_to_url'),
  }),
  z.strictObject({
    boleto_display_details: z.strictObject({ expires_at: epoch(), ...page, number: z.string(), pdf: z.null() }),
    type: z.literal('boleto_display_details'),
  }),
  z.strictObject({
    konbini_display_details: z.strictObject({
      expires_at: epoch(),
      ...page,
      stores: z.strictObject({ familymart: store, lawson: store, ministop: store, seicomart: store }),
    }),
    type: z.literal('konbini_display_details'),
  }),
  z.strictObject({
    multibanco_display_details: z.strictObject({ entity: z.string().nullable(), expires_at: epoch(), ...page, reference: z.string() }),
    type: z.literal('multibanco_display_details'),
  }),
  z.strictObject({
    oxxo_display_details: z.strictObject({ expires_after: epoch(), ...page, number: z.string() }),
    type: z.literal('oxxo_display_details'),
  }),
  z.strictObject({
    type: z.literal('verify_with_microdeposits'),
    verify_with_microdeposits: z.strictObject({
      arrival_date: epoch(),
      hosted_verification_url: z.string(),
      microdeposit_type: z.enum(['amounts', 'descriptor_code']),
    }),
  }),
  z.strictObject({
    type: z.literal('use_stripe_sdk'),
    use_stripe_sdk: z.strictObject({ stripe_js: z.string(), type: z.literal('three_d_secure_redirect') }),
  }),
]);
export type WireNextAction = z.output<typeof nextAction>;
