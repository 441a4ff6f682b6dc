import type { z } from 'zod';
import type { Filter } from '../../../db/lists';
import { listSubscriptions as listRows, type SubscriptionFilters } from '../../../db/subscriptions';
import { onlyOne } from '../../http/exclusive';
import { cursorOf, equals, missingCursor, orderOf, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, object, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';
import { collectionMethod } from '../../schemas/subscription';

const ENDED = ['canceled', 'incomplete_expired'];
const LIVING = ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused'];

const listParameters = parameters({
  ...pagination,
  ...orderedAs('subscriptions'),
  automatic_tax: object({ enabled: boolean() }).optional(),
  collection_method: collectionMethod().optional(),
  created: range().optional(),
  current_period_end: range().optional(),
  current_period_start: range().optional(),
  customer: id().optional(),
  plan: id().optional(),
  price: id().optional(),
  status: oneOf([
    'active',
    'all',
    'canceled',
    'ended',
    'incomplete',
    'incomplete_expired',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
  ]).optional(),
  test_clock: id().optional(),
});

/**
 * Lists subscriptions that have not ended, unless `status` says otherwise; those on test clocks only by customer or by clock, as on Stripe.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive for two
 */
export const listSubscriptions = operation({
  method: 'get',
  path: '/v1/subscriptions',
  summary: 'List subscriptions',
  tag: 'Subscriptions',
  parameters: listParameters,
  shows: 'subscription',
  unsupported: ['customer_account'],
  handle: async (request) => {
    const { scope, parameters: params, deps } = request;
    onlyOne(params, ['plan', 'price']);
    const cursor = cursorOf(params);
    const page = await listRows(deps.sql, scope, filtersOf(params), { cursor, limit: params.limit, order: orderOf(params) });
    if (page !== null) return { list: { kind: 'subscription', ...page } };
    return missingCursor('subscription', cursor);
  },
});

function filtersOf(params: z.output<typeof listParameters>): SubscriptionFilters {
  const { customer, test_clock: clock } = params;
  const filters: (Filter | null)[] = [
    statusFilter(params.status),
    equals('automaticTax', params.automatic_tax?.enabled, ['enabled']),
    equals('collectionMethod', params.collection_method),
    equals('customer', customer),
    rangeFilter('created', params.created),
    clock === undefined && customer === undefined ? { column: 'testClock', isNull: true } : equals('testClock', clock),
  ];
  return {
    filters: filters.filter((filter) => filter !== null),
    price: params.price ?? params.plan ?? null,
    currentPeriodStart: params.current_period_start ?? null,
    currentPeriodEnd: params.current_period_end ?? null,
  };
}

function statusFilter(status: string | undefined): Filter | null {
  if (status === 'all') return null;
  if (status === undefined) return { column: 'status', among: LIVING };
  return { column: 'status', among: status === 'ended' ? ENDED : [status] };
}
