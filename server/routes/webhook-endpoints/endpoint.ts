import { BillingError } from '../../../domain/core/errors';
import { WebhookTargets } from '../../../webhooks/target';
import type { ObjectReply } from '../../http/operation';
import { missing, type ApiRequest } from '../../http/request';

/**
 * The endpoint in the path; a deleted one is not found.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export async function pathEndpoint(request: ApiRequest<unknown>): Promise<string> {
  const endpoint = await request.find('webhookEndpoint', request.pathId('webhook_endpoint'));
  return endpoint.deleted ? missing('webhookEndpoint', endpoint.id) : endpoint.id;
}

/**
 * Refuses a URL that may not receive webhooks. Each delivery checks it again.
 *
 * @throws BillingError url_invalid
 */
export async function assertDeliverable(request: ApiRequest<unknown>, url: string): Promise<void> {
  const refusal = await new WebhookTargets(request.deps.config.webhookAllowedHosts).refusal(url);
  if (refusal !== null) throw new BillingError('url_invalid', `Invalid URL: ${refusal}`, { param: 'url' });
}

/** Unguessable, and the same if the request is repeated. */
export function newSecret(request: ApiRequest<unknown>): string {
  const part = (name: string): string => request.secretFor(`${name}/${request.id}`).split('_secret_')[1] ?? '';
  return `whsec_${part('webhook')}${part('signing')}`.slice(0, 38);
}

/** Wakes its workflow, which reads the changes. */
export function wakeEndpoint(request: ApiRequest<unknown>, id: string): ObjectReply {
  request.deps.notify(request.scope, Math.floor(Date.now() / 1000), { wakes: [], endpoints: [id] });
  return { kind: 'webhookEndpoint', key: id };
}
