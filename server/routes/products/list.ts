import { among, contains, equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { array, boolean, id, name, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists products, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listProducts = operation({
  method: 'get',
  path: '/v1/products',
  summary: 'List products',
  tag: 'Products',
  parameters: parameters({
    ...pagination,
    ...orderedAs('products'),
    active: boolean().optional(),
    created: range().optional(),
    ids: array(id()).optional(),
    name: name({ max: 256 }).optional(),
    shippable: boolean().optional(),
    type: oneOf(['good', 'service']).optional(),
    url: name().optional(),
  }),
  shows: 'product',
  handle(request) {
    const { active, created, ids, name: called, shippable, type, url } = request.parameters;
    return list(request, 'product', [
      equals('active', active),
      rangeFilter('created', created),
      among('id', ids),
      contains('name', called),
      equals('shippable', shippable),
      equals('type', type),
      equals('url', url),
    ]);
  },
});
