import { loadEvents } from '../../../db/webhooks/events';
import { event as shape } from '../../../objects/shapes/event';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missingEvent, showEvent } from './show';

/**
 * Retrieves an event, with the object as it was then.
 *
 * @throws BillingError resource_missing
 */
export const retrieveEvent = operation({
  method: 'get',
  path: '/v1/events/:event',
  summary: 'Retrieve an event',
  tag: 'Events',
  parameters: parameters({}),
  answer: shape,
  async handle(request) {
    const id = request.pathId('event');
    const [event] = await loadEvents(request.deps.sql, request.scope, [id]);
    return event ? { body: showEvent(event) } : missingEvent(id);
  },
});
