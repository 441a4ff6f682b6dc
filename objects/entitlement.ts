import type { ActiveEntitlement, EntitlementFeature, ProductFeature } from '../domain/rows/entitlement';
import type { Rows } from '../domain/rows/rows';
import type { WireActiveEntitlement, WireEntitlementFeature, WireProductFeature } from './shapes/entitlement';

export function toStripeEntitlementFeature({
  id,
  active,
  livemode,
  lookupKey,
  metadata,
  name,
}: EntitlementFeature): WireEntitlementFeature {
  return { id, object: 'entitlements.feature', active, livemode, lookup_key: lookupKey, metadata, name };
}

export function toStripeProductFeature({ id, feature, livemode, usageLimit }: ProductFeature, rows: Rows): WireProductFeature {
  return {
    id,
    object: 'product_feature',
    entitlement_feature: toStripeEntitlementFeature(rows.get('entitlementFeature', feature)),
    livemode,
    ...(usageLimit === null ? {} : { usage_limit: usageLimit }),
  };
}

export function toStripeActiveEntitlement({
  id,
  feature,
  livemode,
  lookupKey,
  limitAmount,
  meter,
}: ActiveEntitlement): WireActiveEntitlement {
  return {
    id,
    object: 'entitlements.active_entitlement',
    feature,
    livemode,
    lookup_key: lookupKey,
    ...(limitAmount === null ? {} : { usage_limit: { amount: limitAmount, meter } }),
  };
}
