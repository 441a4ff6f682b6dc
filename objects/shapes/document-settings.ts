import { z } from 'zod';
import { customField } from './parts';

/** Dunlin's own. */
export const documentSettings = z
  .strictObject({
    object: z.literal('document_settings'),
    bank_account: z.strictObject({ bic: z.string().nullable(), iban: z.string() }).nullable(),
    contact: z.strictObject({ email: z.string().nullable(), name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
    custom_fields: z.array(customField()).nullable(),
    footer: z.string().nullable(),
    livemode: z.boolean(),
    memo: z.string().nullable(),
    page_size: z.enum(['a4', 'auto', 'letter']),
  })
  .meta({ id: 'document_settings' });
export type WireDocumentSettings = z.output<typeof documentSettings>;
