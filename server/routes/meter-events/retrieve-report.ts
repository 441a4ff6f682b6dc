import { loadEvents } from '../../../db/webhooks/events';
import { toV2Event } from '../../../objects/thin-event';
import { v2Event } from '../../../objects/shapes/thin-event';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missingEvent } from '../events/show';

/**
 * Retrieves an event of Stripe's v2 API, with its data: the refused events of a meter, and the reasons.
 *
 * @throws BillingError resource_missing
 */
export const retrieveV2Event = operation({
  method: 'get',
  path: '/v2/core/events/:event',
  summary: 'Retrieve an event (v2)',
  tag: 'Events',
  parameters: parameters({}),
  answer: v2Event,
  async handle(request) {
    const id = request.pathId('event');
    const [event] = await loadEvents(request.deps.sql, request.scope, [id], true);
    return event ? { body: toV2Event(event) } : missingEvent(id);
  },
});
