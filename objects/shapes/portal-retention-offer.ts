import { z } from 'zod';
import { epoch } from './parts';

/** Dunlin's own: the answer of a customer who wanted to cancel to the offer of a coupon. */
export const portalRetentionOffer = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing_portal.retention_offer'),
    coupon: z.string(),
    created: epoch(),
    customer: z.string(),
    livemode: z.boolean(),
    session: z.string(),
    status: z.enum(['accepted', 'declined']),
    subscription: z.string(),
  })
  .meta({ id: 'billing_portal.retention_offer' });
export type WirePortalRetentionOffer = z.output<typeof portalRetentionOffer>;
