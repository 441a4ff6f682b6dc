import { z } from 'zod';
import { epoch } from './parts';

/** Dunlin's own: an address that no mail is sent to. */
export const mailSuppression = z
  .strictObject({
    id: z.string(),
    object: z.literal('mail_suppression'),
    created: epoch(),
    email: z.string(),
    livemode: z.boolean(),
    mail: z.string().nullable(),
    reason: z.enum(['bounce', 'complaint', 'manual']),
  })
  .meta({ id: 'mail_suppression' });
export type WireMailSuppression = z.output<typeof mailSuppression>;
