import type { ApiVersion } from './api-version';
import type { Resource } from './resource';

/** `object` is the Stripe object as it was in that commit; `orderKey` (subscription, customer or object) keeps deliveries in order. */
export interface BillingEvent extends Resource {
  type: string;
  apiVersion: ApiVersion;
  objectId: string;
  object: Record<string, unknown>;
  previousAttributes: Record<string, unknown> | null;
  orderKey: string;
  workflow: string;
  cause: string;
  request: string | null;
  idempotencyKey: string | null;
  /** Of Stripe's second kind: webhooks say only what it is about, and `/v2/core/events` has `object`, its data. */
  thin: boolean;
}

export interface WebhookEndpoint extends Resource {
  deleted: boolean;
  url: string;
  description: string | null;
  enabledEvents: string[];
  status: 'enabled' | 'disabled';
  /** Null: events come in the shape that they are stored in. */
  apiVersion: ApiVersion | null;
  /** Newest first; an older one signs too until `expires_at` (epoch seconds, real time). */
  secrets: { secret: string; expires_at: number | null }[];
  metadata: Record<string, string>;
}
