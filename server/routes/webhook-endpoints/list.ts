import { list } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists webhook endpoints, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listWebhookEndpoints = operation({
  method: 'get',
  path: '/v1/webhook_endpoints',
  summary: 'List webhook endpoints',
  tag: 'Webhook endpoints',
  parameters: parameters({ ...pagination, ...orderedAs('webhook_endpoints') }),
  shows: 'webhookEndpoint',
  handle: (request) => list(request, 'webhookEndpoint', []),
});
