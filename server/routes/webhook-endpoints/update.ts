import { byKey, loadMatching } from '../../../db/matching';
import { updateWebhookEndpoint } from '../../../domain/event/webhook-endpoint-changes';
import { operation } from '../../http/operation';
import { array, boolean, emptyable, metadata, name, parameters, text } from '../../http/parameters';
import { present } from '../../http/request';
import { assertDeliverable, pathEndpoint, wakeEndpoint } from './endpoint';

/**
 * Changes a webhook endpoint, or disables and enables it.
 *
 * @throws BillingError resource_missing, url_invalid, parameter_invalid
 */
export const updateWebhookEndpointOperation = operation({
  method: 'post',
  path: '/v1/webhook_endpoints/:webhook_endpoint',
  summary: 'Update a webhook endpoint',
  tag: 'Webhook endpoints',
  parameters: parameters({
    description: emptyable(text()).optional(),
    disabled: boolean().optional(),
    enabled_events: array(name({ max: 200 }), { max: 500 }).optional(),
    metadata: metadata().optional(),
    url: name({ max: 2000 }).optional(),
  }),
  shows: 'webhookEndpoint',
  async handle(request) {
    const { enabled_events: enabledEvents, ...given } = request.parameters;
    const id = await pathEndpoint(request);
    if (given.url !== undefined) await assertDeliverable(request, given.url);
    await request.change({
      step: 'updateWebhookEndpoint',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('webhookEndpoint', id)]),
      plan: (changes) => {
        present(changes, 'webhookEndpoint', id);
        updateWebhookEndpoint(changes, id, { ...given, ...(enabledEvents === undefined ? {} : { enabledEvents }) });
      },
    });
    return wakeEndpoint(request, id);
  },
});
