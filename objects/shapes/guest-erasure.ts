import { z } from 'zod';
import { integer } from './parts';

/** Dunlin's own: how many objects had data of the guest. */
export const guestErasure = z
  .strictObject({
    object: z.literal('guest_erasure'),
    livemode: z.boolean(),
    erased: z.strictObject({
      charges: integer(),
      checkout_sessions: integer(),
      mails: integer(),
      payment_intents: integer(),
      support_tickets: integer(),
    }),
  })
  .meta({ id: 'guest_erasure' });
export type WireGuestErasure = z.output<typeof guestErasure>;
