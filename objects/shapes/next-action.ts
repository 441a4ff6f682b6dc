import { z } from 'zod';

/** Where the payer authenticates: a page for a redirect, or the same page for Stripe.js to open. */
export const nextAction = z.union([
  z.strictObject({
    redirect_to_url: z.strictObject({ return_url: z.string().nullable(), url: z.string() }),
    type: z.literal('redirect_to_url'),
  }),
  z.strictObject({
    type: z.literal('use_stripe_sdk'),
    use_stripe_sdk: z.strictObject({ stripe_js: z.string(), type: z.literal('three_d_secure_redirect') }),
  }),
]);
export type WireNextAction = z.output<typeof nextAction>;
