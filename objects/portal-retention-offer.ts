import type { PortalRetentionOffer } from '../domain/rows/portal';
import type { WirePortalRetentionOffer } from './shapes/portal-retention-offer';

export function toPortalRetentionOffer(offer: PortalRetentionOffer): WirePortalRetentionOffer {
  const { id, coupon, created, customer, livemode, session, status, subscription } = offer;
  return { id, object: 'billing_portal.retention_offer', coupon, created, customer, livemode, session, status, subscription };
}
