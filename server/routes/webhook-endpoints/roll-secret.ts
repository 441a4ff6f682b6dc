import { byKey, loadMatching } from '../../../db/matching';
import { rollSecret } from '../../../domain/event/webhook-endpoint-changes';
import { toStripeWebhookEndpoint } from '../../../objects/webhook-endpoint';
import { webhookEndpointWithSecret } from '../../../objects/shapes/webhook-endpoint';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { newSecret, pathEndpoint } from './endpoint';

const DAY_SECONDS = 86_400;

/**
 * Dunlin's own: a new signing secret, which only this answer shows. For `expire_in` seconds (0 to 7 days, by default a day) deliveries also
 * carry a signature of the old secret, so that receivers can change over.
 *
 * @throws BillingError resource_missing
 */
export const rollSecretOperation = operation({
  method: 'post',
  path: '/v1/webhook_endpoints/:webhook_endpoint/roll_secret',
  summary: 'Roll the signing secret of a webhook endpoint',
  tag: 'Webhook endpoints',
  parameters: parameters({ expire_in: integer({ min: 0, max: 7 * DAY_SECONDS }).default(DAY_SECONDS) }),
  shows: 'webhookEndpoint',
  own: true,
  answer: webhookEndpointWithSecret,
  async handle(request) {
    const id = await pathEndpoint(request);
    const secret = newSecret(request);
    const { rows } = await request.change({
      step: 'rollSecret',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('webhookEndpoint', id)]),
      plan: (changes) => {
        present(changes, 'webhookEndpoint', id);
        rollSecret(changes, id, secret, request.parameters.expire_in);
      },
    });
    return { body: { ...toStripeWebhookEndpoint(rows.get('webhookEndpoint', id)), secret } };
  },
});
