import { listDeliveries, type LoggedDelivery } from '../../../db/webhooks/delivery-log';
import { ParameterError } from '../../http/parameter-error';
import { cursorOf, cursorParam } from '../../http/list';
import { webhookDelivery, type WireWebhookDelivery } from '../../../objects/shapes/webhook-delivery';
import { listOf } from '../../../objects/wire';
import { listShape } from '../../../objects/shapes/parts';
import { operation } from '../../http/operation';
import { oneOf, pagination, parameters } from '../../http/parameters';
import { pathEndpoint } from './endpoint';

/**
 * Dunlin's own: lists the deliveries to an endpoint, newest first, with every attempt.
 *
 * @throws BillingError resource_missing
 */
export const listWebhookDeliveries = operation({
  method: 'get',
  path: '/v1/webhook_endpoints/:webhook_endpoint/deliveries',
  summary: "List a webhook endpoint's deliveries",
  tag: 'Webhook endpoints',
  parameters: parameters({ ...pagination, status: oneOf(['pending', 'delivered', 'failed', 'canceled']).optional() }),
  own: true,
  answer: listShape(webhookDelivery),
  async handle(request) {
    const endpoint = await pathEndpoint(request);
    const { limit, status = null } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const page = await listDeliveries(request.deps.sql, endpoint, { status, cursor, limit });
    if (page === null) throw noSuchDelivery(cursor?.id ?? '', cursorParam(cursor));
    const url = `/v1/webhook_endpoints/${endpoint}/deliveries`;
    return { body: listOf(page.deliveries.map(show), url, page.hasMore) };
  },
});

function noSuchDelivery(id: string, param: string): ParameterError {
  return new ParameterError('resource_missing', `No such webhook delivery: '${id}'`, param);
}

function show(delivery: LoggedDelivery): WireWebhookDelivery {
  const { id, event, type, status, created, attempts } = delivery;
  return {
    id,
    object: 'webhook_delivery',
    attempts,
    created,
    delivered_at: delivery.deliveredAt,
    event,
    event_type: type,
    next_attempt_at: status === 'pending' ? delivery.nextAttemptAt : null,
    status,
  };
}
