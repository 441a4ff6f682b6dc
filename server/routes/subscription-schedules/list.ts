import type { Filter } from '../../../db/lists';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists schedules, newest first; those on test clocks only by customer, as on Stripe.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listSchedules = operation({
  method: 'get',
  path: '/v1/subscription_schedules',
  summary: 'List subscription schedules',
  tag: 'Subscription schedules',
  parameters: parameters({
    ...pagination,
    canceled_at: range().optional(),
    completed_at: range().optional(),
    created: range().optional(),
    customer: id().optional(),
    released_at: range().optional(),
    scheduled: boolean().optional(),
  }),
  shows: 'subscriptionSchedule',
  unsupported: ['customer_account'],
  handle(request) {
    const { customer, scheduled, created, canceled_at: canceled, completed_at: completed, released_at: released } = request.parameters;
    return list(request, 'subscriptionSchedule', [
      customer === undefined ? { column: 'testClock', isNull: true } : equals('customer', customer),
      notStarted(scheduled),
      rangeFilter('created', created),
      rangeFilter('canceledAt', canceled),
      rangeFilter('completedAt', completed),
      rangeFilter('releasedAt', released),
    ]);
  },
});

function notStarted(scheduled: boolean | undefined): Filter | null {
  if (scheduled === undefined) return null;
  return { column: 'status', among: scheduled ? ['not_started'] : ['active', 'canceled', 'completed', 'released'] };
}
