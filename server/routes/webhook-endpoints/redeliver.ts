import { redeliver } from '../../../db/webhooks/deliveries';
import { loadEvents } from '../../../db/webhooks/events';
import { BillingError } from '../../../domain/core/errors';
import { event as shape } from '../../../objects/shapes/event';
import { operation } from '../../http/operation';
import { id as idParameter, parameters } from '../../http/parameters';
import { missing } from '../../http/request';
import { missingEvent, showEvent } from '../events/show';
import { wakeEndpoint } from './endpoint';

/**
 * Delivers an event to an endpoint once more, whatever became of it before: what `stripe events resend` calls. It goes at once,
 * unless an earlier one of its order key is failing, and holds no later event back. Answers `resource_missing` (the event, the endpoint), `parameter_invalid` (a disabled endpoint).
 */
export const redeliverEvent = operation({
  method: 'post',
  path: '/v1/events/:event/retry',
  summary: 'Deliver an event again',
  tag: 'Events',
  parameters: parameters({ webhook_endpoint: idParameter() }),
  own: true,
  answer: shape,
  async handle(request) {
    const { sql } = request.deps;
    const id = request.pathId('event');
    const [event] = await loadEvents(sql, request.scope, [id]);
    if (!event) return missingEvent(id);
    const endpoint = await request.find('webhookEndpoint', request.parameters.webhook_endpoint, 'webhook_endpoint');
    if (endpoint.deleted) missing('webhookEndpoint', endpoint.id, 'webhook_endpoint');
    if (endpoint.status === 'disabled') {
      throw new BillingError('parameter_invalid', 'The webhook endpoint is disabled. Enable it first.', { param: 'webhook_endpoint' });
    }
    const { account, orderKey } = event;
    await redeliver(sql, { account, event: id, endpoint: endpoint.id, orderKey });
    wakeEndpoint(request, endpoint.id);
    const [after = event] = await loadEvents(sql, request.scope, [id]);
    return { body: showEvent(after) };
  },
});
