import type { Resource } from './resource';

/** The version of Stripe's API whose shapes objects have, in answers and in events. */
export const API_VERSION = '2026-08-26.dahlia';

/** `object` is the Stripe object as it was in that commit; `orderKey` (subscription, customer or object) keeps deliveries in order. */
export interface BillingEvent extends Resource {
  type: string;
  apiVersion: string;
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
  apiVersion: string | null;
  /** Newest first; an older one signs too until `expires_at` (epoch seconds, real time). */
  secrets: { secret: string; expires_at: number | null }[];
  metadata: Record<string, string>;
}
