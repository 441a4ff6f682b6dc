import type Stripe from 'stripe';
import { z } from 'zod';
import { FILE_PURPOSES } from '../../domain/rows/file';
import type { Wire } from '../wire';
import { epoch, integer, listShape, metadata } from './parts';

/** An address at which a file can be read without a key. */
export const fileLink = z
  .strictObject({
    id: z.string(),
    object: z.literal('file_link'),
    created: epoch(),
    expired: z.boolean(),
    expires_at: epoch().nullable(),
    file: z.string(),
    livemode: z.boolean(),
    metadata: metadata(),
    url: z.string().nullable(),
  })
  .meta({ id: 'file_link' }) satisfies z.ZodType<Wire<Stripe.FileLink>>;
export type WireFileLink = z.output<typeof fileLink>;

/** An uploaded file. */
export const file = z
  .strictObject({
    id: z.string(),
    object: z.literal('file'),
    created: epoch(),
    expires_at: epoch().nullable(),
    filename: z.string().nullable(),
    links: listShape(fileLink),
    purpose: z.enum(FILE_PURPOSES),
    size: integer(),
    title: z.null(),
    type: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: 'file' }) satisfies z.ZodType<Wire<Stripe.File>>;
export type WireFile = z.output<typeof file>;
