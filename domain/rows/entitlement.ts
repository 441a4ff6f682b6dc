import type { Metadata, Resource } from './resource';

/** Something that customers can have access to. An archived one stays archived; its lookup key can be used again. */
export interface EntitlementFeature extends Resource {
  active: boolean;
  lookupKey: string;
  name: string;
  metadata: Metadata;
}

/** A product gives access to a feature. */
export interface ProductFeature extends Resource {
  deleted: boolean;
  product: string;
  feature: string;
  /** The feature's, which never changes. */
  lookupKey: string;
  /** Null: without a limit. */
  usageLimit: UsageLimit | null;
}

/** How much of a feature a period includes. Dunlin's own. In the API's snake_case. */
export interface UsageLimit {
  amount: number;
  /** The meter that counts; null: the caller counts, and says how much is used. */
  meter: string | null;
  /** The amount is for each unit of the subscription item: for each seat. */
  per_quantity: boolean;
}

/** That a customer has access to a feature, and through which subscription items. */
export interface ActiveEntitlement extends Resource {
  /** False if nothing gives it any more. */
  active: boolean;
  customer: string;
  feature: string;
  lookupKey: string;
  grants: EntitlementGrant[];
  /** The limit of the largest grant, and the period for which it counts. Null: without a limit. */
  limitAmount: number | null;
  meter: string | null;
  periodStart: number | null;
  periodEnd: number | null;
}

/** What one subscription item gives in its present period. */
export interface EntitlementGrant {
  subscription: string;
  item: string;
  product: string;
  limit: UsageLimit | null;
  quantity: number | null;
  /** Of the limit; null without one, so that a renewal does not change the grant. */
  period_start: number | null;
  period_end: number | null;
}
