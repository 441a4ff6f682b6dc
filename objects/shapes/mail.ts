import { z } from 'zod';
import { MAIL_KINDS, MAIL_STATUSES } from '../../domain/rows/mail';
import { epoch, integer } from './parts';

/** Dunlin's own: a mail to a customer. */
export const mail = z
  .strictObject({
    id: z.string(),
    object: z.literal('mail'),
    about: z.string(),
    created: epoch(),
    customer: z.string().nullable(),
    kind: z.enum(MAIL_KINDS),
    livemode: z.boolean(),
    problem: z.string().nullable(),
    recipient: z.string(),
    sent_at: epoch().nullable(),
    status: z.enum(MAIL_STATUSES),
    test_clock: z.string().nullable(),
    tries: integer(),
  })
  .meta({ id: 'mail' });
export type WireMail = z.output<typeof mail>;

/** A mail with its words. */
export const mailWithContent = mail
  .extend({ html: z.string(), locale: z.string(), subject: z.string(), text: z.string() })
  .meta({ id: 'mail_with_content' });

/** An example of a kind of mail. */
export const mailPreview = z
  .strictObject({
    object: z.literal('mail_preview'),
    html: z.string(),
    kind: z.enum(MAIL_KINDS),
    locale: z.string(),
    subject: z.string(),
    text: z.string(),
  })
  .meta({ id: 'mail_preview' });
