import { endpointsFor, redeliver } from '../../../db/webhooks/deliveries';
import { loadEvents } from '../../../db/webhooks/events';
import { BillingError } from '../../../domain/core/errors';
import { event as shape } from '../../../objects/shapes/event';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id as idParameter, oneOf, parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';
import { missingEvent, showEvent } from '../events/show';
import { wakeEndpoint } from './endpoint';

/**
 * Delivers an event again, whatever the result was before; `stripe events resend` calls this. With `webhook_endpoint` it goes to that
 * endpoint. With `for_stripecli`, which the CLI sends if no endpoint is named, it goes to every enabled endpoint that listens to its type,
 * because here a local endpoint replaces `stripe listen`. It is sent at once, unless an earlier event of its order key is failing, and
 * holds no later event back.
 *
 * @throws BillingError resource_missing (the event, the endpoint), parameter_invalid (a disabled endpoint, or no endpoint that listens),
 * parameter_missing, parameters_exclusive
 */
export const redeliverEvent = operation({
  method: 'post',
  path: '/v1/events/:event/retry',
  summary: 'Deliver an event again',
  tag: 'Events',
  parameters: parameters({ for_stripecli: oneOf(['true']).optional(), webhook_endpoint: idParameter().optional() }),
  own: true,
  answer: shape,
  unsupported: ['account'],
  async handle(request) {
    const { sql } = request.deps;
    onlyOne(request.parameters, ['webhook_endpoint', 'for_stripecli']);
    atLeastOne(request.parameters, ['webhook_endpoint', 'for_stripecli']);
    const id = request.pathId('event');
    const [event] = await loadEvents(sql, request.scope, [id]);
    if (!event) return missingEvent(id);
    const named = request.parameters.webhook_endpoint;
    const endpoints = named === undefined ? await listening(request, event.type) : [await enabledEndpoint(request, named)];
    const { account, orderKey } = event;
    for (const endpoint of endpoints) {
      await redeliver(sql, { account, event: id, endpoint, orderKey });
      wakeEndpoint(request, endpoint);
    }
    const [after = event] = await loadEvents(sql, request.scope, [id]);
    return { body: showEvent(after) };
  },
});

async function enabledEndpoint(request: ApiRequest<unknown>, id: string): Promise<string> {
  const endpoint = await request.find('webhookEndpoint', id, 'webhook_endpoint');
  if (endpoint.deleted) missing('webhookEndpoint', endpoint.id, 'webhook_endpoint');
  if (endpoint.status === 'disabled') {
    throw new BillingError('parameter_invalid', 'The webhook endpoint is disabled. Enable it first.', { param: 'webhook_endpoint' });
  }
  return endpoint.id;
}

async function listening(request: ApiRequest<unknown>, type: string): Promise<string[]> {
  const endpoints = await endpointsFor(request.deps.sql, request.scope, type);
  if (endpoints.length > 0) return endpoints;
  throw new BillingError('parameter_invalid', `No enabled webhook endpoint listens to ${type}. Create one first, or name one.`, {
    param: 'for_stripecli',
  });
}
