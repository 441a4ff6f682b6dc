import { z } from 'zod';
import { epoch } from './parts';

/** What customers of a product can download. Dunlin's own. */
export const productDownload = z
  .strictObject({
    id: z.string(),
    object: z.literal('product_download'),
    created: epoch(),
    file: z.string().nullable(),
    livemode: z.boolean(),
    name: z.string(),
    product: z.string(),
    url: z.string().nullable(),
  })
  .meta({ id: 'product_download' });
export type WireProductDownload = z.output<typeof productDownload>;

/** An address at which one customer can download it for some minutes. */
export const downloadLink = z
  .strictObject({
    object: z.literal('product_download_link'),
    download: z.string(),
    expires_at: epoch(),
    livemode: z.boolean(),
    url: z.string(),
  })
  .meta({ id: 'product_download_link' });
