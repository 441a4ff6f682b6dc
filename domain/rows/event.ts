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
  commitKey: string;
  request: string | null;
  idempotencyKey: string | null;
  /** A thin event of Stripe's v2 API: webhooks send only its type and related object. `/v2/core/events` returns `object` as its data. */
  thin: boolean;
}

export interface WebhookEndpoint extends Resource {
  deleted: boolean;
  url: string;
  description: string | null;
  enabledEvents: string[];
  status: 'enabled' | 'disabled';
  /** Null: events are sent in the shape in which they are stored. */
  apiVersion: ApiVersion | null;
  /** Newest first. An older secret also signs until `expires_at` (epoch seconds, real time). */
  secrets: { secret: string; expires_at: number | null }[];
  metadata: Record<string, string>;
}
