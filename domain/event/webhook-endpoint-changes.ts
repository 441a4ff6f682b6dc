/** Callers' changes of webhook endpoints. As on Stripe, they emit no events. */
import type { ApiVersion } from '../rows/api-version';
import { BillingError } from '../core/errors';
import type { WebhookEndpoint } from '../rows/event';
import { unknownEventType } from './event-types';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import { rolledSecrets } from './delivery-rules';
import { LIMITS } from '../core/limits';

export interface WebhookEndpointFields {
  url: string;
  description: string | null;
  enabledEvents: string[];
  apiVersion: ApiVersion | null;
  metadata: Metadata | null | undefined;
}

/**
 * Refuses more endpoints than the limit.
 *
 * @throws BillingError parameter_invalid
 */
export function assertFewEndpoints(there: number): void {
  const { max } = LIMITS.webhookEndpoints;
  if (there < max) return;
  throw new BillingError('parameter_invalid', `You have reached the maximum of ${String(max)} webhook endpoints.`, { param: 'url' });
}

export function createWebhookEndpoint(changes: ChangeSet, id: string, secret: string, fields: WebhookEndpointFields): void {
  assertKnown(fields.enabledEvents);
  changes.put('webhookEndpoint', {
    ...changes.resource('we'),
    id,
    ...fields,
    metadata: mergeMetadata({}, fields.metadata),
    deleted: false,
    status: 'enabled',
    secrets: [{ secret, expires_at: null }],
  });
}

export interface WebhookEndpointUpdate extends Partial<Omit<WebhookEndpointFields, 'apiVersion'>> {
  disabled?: boolean | undefined;
}

/** A disabled endpoint gets no new events. A pending retry is canceled when it comes due, unless the endpoint is enabled by then. */
export function updateWebhookEndpoint(changes: ChangeSet, id: string, update: WebhookEndpointUpdate): void {
  const endpoint = changes.rows.get('webhookEndpoint', id);
  if (update.enabledEvents) assertKnown(update.enabledEvents);
  changes.patch('webhookEndpoint', id, {
    url: update.url ?? endpoint.url,
    description: update.description === undefined ? endpoint.description : update.description,
    enabledEvents: update.enabledEvents ?? endpoint.enabledEvents,
    metadata: mergeMetadata(endpoint.metadata, update.metadata),
    status: statusAfter(endpoint, update.disabled),
  });
}

export function deleteWebhookEndpoint(changes: ChangeSet, id: string): void {
  changes.patch('webhookEndpoint', id, { deleted: true, status: 'disabled' });
}

/** The new secret signs at once; the older ones also sign for `expireIn` seconds. */
export function rollSecret(changes: ChangeSet, id: string, secret: string, expireIn: number): void {
  const { secrets } = changes.rows.get('webhookEndpoint', id);
  changes.patch('webhookEndpoint', id, { secrets: rolledSecrets(secrets, secret, { now: changes.now, expireIn }) });
}

function statusAfter(endpoint: WebhookEndpoint, disabled: boolean | undefined): WebhookEndpoint['status'] {
  if (disabled === undefined) return endpoint.status;
  return disabled ? 'disabled' : 'enabled';
}

function assertKnown(types: readonly string[]): void {
  if (types.length === 0)
    throw new BillingError('parameter_missing', 'Missing required param: enabled_events.', { param: 'enabled_events' });
  const unknown = unknownEventType(types);
  if (unknown === null) return;
  const index = types.indexOf(unknown);
  const param = `enabled_events[${String(index)}]`;
  throw new BillingError('parameter_invalid', `Invalid ${param}: there is no event type ${unknown.slice(0, 100)}.`, { param });
}
