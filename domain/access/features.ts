/** Features, and which products give them. Subscriptions follow with their next period. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { nextLimit, type LimitParameters } from './limits';
import type { ChangeSet } from '../core/change-set';
import type { EntitlementFeature } from '../rows/entitlement';
import type { Metadata } from '../rows/resource';

interface NewFeature {
  lookup_key: string;
  name: string;
  metadata?: Metadata | null | undefined;
}

/** @throws BillingError resource_already_exists if an active feature has the lookup key */
export function createFeature(changes: ChangeSet, { lookup_key: lookupKey, name, metadata }: NewFeature): void {
  if (changes.rows.first('entitlementFeature', (each) => each.active && each.lookupKey === lookupKey)) {
    throw new BillingError('resource_already_exists', `An active feature with the lookup key '${lookupKey}' already exists.`, {
      param: 'lookup_key',
    });
  }
  changes.put('entitlementFeature', {
    ...changes.resource('feat'),
    active: true,
    lookupKey,
    name,
    metadata: mergeMetadata({}, metadata),
  });
}

interface FeatureChange {
  active?: boolean | undefined;
  name?: string | undefined;
  metadata?: Metadata | null | undefined;
}

/**
 * Changes or archives a feature. Customers keep an archived feature, and products go on to give it.
 *
 * @throws BillingError parameter_invalid for an archived feature
 */
export function updateFeature(changes: ChangeSet, id: string, { active, name, metadata }: FeatureChange): void {
  const feature = changes.rows.get('entitlementFeature', id);
  if (!feature.active) {
    throw new BillingError('parameter_invalid', 'This feature is archived. It cannot be changed any more.', { param: 'id' });
  }
  changes.patch('entitlementFeature', id, {
    active: active ?? true,
    name: name ?? feature.name,
    metadata: mergeMetadata(feature.metadata, metadata),
  });
}

/**
 * Attaches a feature to a product.
 *
 * @throws BillingError parameter_invalid for an archived feature, or a meter that is not active; resource_already_exists if the product has it
 */
export function attachFeature(
  changes: ChangeSet,
  product: string,
  { feature, limit }: { feature: EntitlementFeature; limit?: LimitParameters | undefined },
): void {
  if (!feature.active) {
    throw new BillingError('parameter_invalid', `The feature '${feature.id}' is archived. It cannot be attached to a product.`, {
      param: 'entitlement_feature',
    });
  }
  if (changes.rows.first('productFeature', (each) => !each.deleted && each.product === product && each.feature === feature.id)) {
    throw new BillingError('resource_already_exists', `The product '${product}' already has the feature '${feature.id}'.`, {
      param: 'entitlement_feature',
    });
  }
  changes.put('productFeature', {
    ...changes.resource('prodft'),
    deleted: false,
    product,
    feature: feature.id,
    lookupKey: feature.lookupKey,
    usageLimit: limit === undefined ? null : nextLimit(changes.rows, limit),
  });
}

export function detachFeature(changes: ChangeSet, id: string): void {
  changes.patch('productFeature', id, { deleted: true });
}
