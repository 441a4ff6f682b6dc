import { among, equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { array, boolean, currency, id, name, object, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists prices, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPrices = operation({
  method: 'get',
  path: '/v1/prices',
  summary: 'List prices',
  tag: 'Prices',
  parameters: parameters({
    ...pagination,
    ...orderedAs('prices'),
    active: boolean().optional(),
    created: range().optional(),
    currency: currency().optional(),
    lookup_keys: array(name(), { max: 10 }).optional(),
    product: id().optional(),
    recurring: object({
      interval: oneOf(['day', 'week', 'month', 'year']).optional(),
      meter: id().optional(),
      usage_type: oneOf(['licensed', 'metered']).optional(),
    }).optional(),
    type: oneOf(['one_time', 'recurring']).optional(),
  }),
  shows: 'price',
  handle(request) {
    const { active, created, currency, lookup_keys, product, recurring, type } = request.parameters;
    return list(request, 'price', [
      equals('active', active),
      rangeFilter('created', created),
      equals('currency', currency),
      among('lookupKey', lookup_keys),
      equals('product', product),
      equals('recurring', recurring?.interval, ['interval']),
      equals('recurring', recurring?.meter, ['meter']),
      equals('recurring', recurring?.usage_type, ['usage_type']),
      equals('type', type),
    ]);
  },
});
