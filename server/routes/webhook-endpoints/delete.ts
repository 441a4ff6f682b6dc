import { byKey, loadMatching } from '../../../db/matching';
import { deleteWebhookEndpoint } from '../../../domain/event/webhook-endpoint-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { wakeEndpoint } from './endpoint';

/**
 * Deletes a webhook endpoint and cancels its pending deliveries.
 *
 * @throws BillingError resource_missing
 */
export const deleteWebhookEndpointOperation = operation({
  method: 'delete',
  path: '/v1/webhook_endpoints/:webhook_endpoint',
  summary: 'Delete a webhook endpoint',
  tag: 'Webhook endpoints',
  parameters: parameters({}),
  shows: 'webhookEndpoint',
  async handle(request) {
    const { id } = await request.find('webhookEndpoint', request.pathId('webhook_endpoint'));
    await request.change({
      step: 'deleteWebhookEndpoint',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('webhookEndpoint', id)]),
      plan: (changes) => {
        present(changes, 'webhookEndpoint', id);
        deleteWebhookEndpoint(changes, id);
      },
    });
    return wakeEndpoint(request, id);
  },
});
