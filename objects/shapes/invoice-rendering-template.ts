import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { customField, epoch, integer, metadata } from './parts';

/** Stripe's, with the texts, which Stripe shows in its dashboard only. */
export const invoiceRenderingTemplate = z
  .strictObject({
    id: z.string(),
    object: z.literal('invoice_rendering_template'),
    created: epoch(),
    custom_fields: z.array(customField()).nullable(),
    footer: z.string().nullable(),
    livemode: z.boolean(),
    memo: z.string().nullable(),
    metadata: metadata(),
    nickname: z.string().nullable(),
    status: z.enum(['active', 'archived']),
    version: integer(),
  })
  .meta({ id: 'invoice_rendering_template' }) satisfies z.ZodType<Wire<Stripe.InvoiceRenderingTemplate>>;
export type WireInvoiceRenderingTemplate = z.output<typeof invoiceRenderingTemplate>;
