import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathEndpoint } from './endpoint';

/**
 * Retrieves a webhook endpoint.
 *
 * @throws BillingError resource_missing
 */
export const retrieveWebhookEndpoint = operation({
  method: 'get',
  path: '/v1/webhook_endpoints/:webhook_endpoint',
  summary: 'Retrieve a webhook endpoint',
  tag: 'Webhook endpoints',
  parameters: parameters({}),
  shows: 'webhookEndpoint',
  handle: async (request) => ({ kind: 'webhookEndpoint', key: await pathEndpoint(request) }),
});
