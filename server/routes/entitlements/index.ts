import type { Operation } from '../../http/operation';
import { checkEntitlement } from './check';
import { createEntitlementFeature } from './create-feature';
import { listActiveEntitlements } from './list-active';
import { listEntitlementFeatures } from './list-features';
import { retrieveActiveEntitlement } from './retrieve-active';
import { retrieveEntitlementFeature } from './retrieve-feature';
import { updateEntitlementFeature } from './update-feature';

export const entitlements: Operation[] = [
  createEntitlementFeature,
  listEntitlementFeatures,
  retrieveEntitlementFeature,
  updateEntitlementFeature,
  listActiveEntitlements,
  retrieveActiveEntitlement,
  checkEntitlement,
];
