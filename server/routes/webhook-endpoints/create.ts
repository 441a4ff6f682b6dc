import { countWebhookEndpoints } from '../../../db/counts';
import { byKey, loadMatching } from '../../../db/matching';
import { API_VERSIONS } from '../../../domain/rows/api-version';
import { assertFewEndpoints, createWebhookEndpoint } from '../../../domain/event/webhook-endpoint-changes';
import { toStripeWebhookEndpoint } from '../../../objects/webhook-endpoint';
import { webhookEndpointWithSecret } from '../../../objects/shapes/webhook-endpoint';
import { operation } from '../../http/operation';
import { array, emptyable, metadata, name, oneOf, parameters, text } from '../../http/parameters';
import { assertDeliverable, newSecret } from './endpoint';

/**
 * Creates a webhook endpoint. Only this answer contains its signing secret.
 *
 * @throws BillingError url_invalid (no http or https URL, a private address), parameter_invalid (an unknown event type, too many endpoints)
 */
export const createWebhookEndpointOperation = operation({
  method: 'post',
  path: '/v1/webhook_endpoints',
  summary: 'Create a webhook endpoint',
  tag: 'Webhook endpoints',
  parameters: parameters({
    api_version: oneOf(API_VERSIONS).optional(),
    description: emptyable(text()).optional(),
    enabled_events: array(name({ max: 200 }), { max: 500 }),
    metadata: metadata().optional(),
    url: name({ max: 2000 }),
  }),
  shows: 'webhookEndpoint',
  unsupported: ['connect'],
  answer: webhookEndpointWithSecret,
  async handle(request) {
    const given = request.parameters;
    await assertDeliverable(request, given.url);
    const id = request.newId('we');
    const secret = newSecret(request);
    let there = 0;
    const { rows } = await request.change({
      step: 'createWebhookEndpoint',
      customer: null,
      subject: id,
      load: async (tx) => {
        there = await countWebhookEndpoints(tx, request.scope);
        return loadMatching(tx, request.scope, [byKey('webhookEndpoint', id)]);
      },
      plan: (changes) => {
        assertFewEndpoints(there);
        createWebhookEndpoint(changes, id, secret, {
          url: given.url,
          description: given.description ?? null,
          enabledEvents: given.enabled_events,
          apiVersion: given.api_version ?? null,
          metadata: given.metadata,
        });
      },
    });
    return { body: { ...toStripeWebhookEndpoint(rows.get('webhookEndpoint', id)), secret } };
  },
});
