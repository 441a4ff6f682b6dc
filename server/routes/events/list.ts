import { listEvents, loadEvents } from '../../../db/webhooks/events';
import { cursorOf, cursorParam, orderOf } from '../../http/list';
import { event } from '../../../objects/shapes/event';
import { listOf } from '../../../objects/wire';
import { listShape } from '../../../objects/shapes/parts';
import { operation } from '../../http/operation';
import { array, boolean, name, orderedAs, pagination, parameters, range } from '../../http/parameters';
import { missingEvent, showEvent } from './show';

/**
 * Lists events, newest first, including those of test clocks. `recorded` is Dunlin's own: when they were written, in real time, also of
 * customers whose clock shows another time.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listEventsOperation = operation({
  method: 'get',
  path: '/v1/events',
  summary: 'List events',
  tag: 'Events',
  parameters: parameters({
    ...pagination,
    ...orderedAs('events'),
    created: range().optional(),
    delivery_success: boolean().optional(),
    recorded: range().optional(),
    type: name().optional(),
    types: array(name(), { max: 20 }).optional(),
  }),
  answer: listShape(event),
  async handle(request) {
    const { created, delivery_success: delivered, recorded, type, types, limit } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const order = orderOf(request.parameters);
    const page = await listEvents(request.deps.sql, request.scope, { created, delivered, recorded, type, types, cursor, limit, order });
    if (page === null) return missingEvent(cursor?.id ?? '', cursorParam(cursor));
    const events = await loadEvents(request.deps.sql, request.scope, page.keys);
    return { body: listOf(events.map(showEvent), '/v1/events', page.hasMore) };
  },
});
