import { contains, equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, name, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists customers, newest first; customers on a test clock only if the request names the clock.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCustomers = operation({
  method: 'get',
  path: '/v1/customers',
  summary: 'List customers',
  tag: 'Customers',
  parameters: parameters({
    ...pagination,
    ...orderedAs('customers'),
    created: range().optional(),
    email: name({ max: 512 }).optional(),
    name: name({ max: 256 }).optional(),
    test_clock: id().optional(),
  }),
  shows: 'customer',
  handle(request) {
    const { created, email, name: called, test_clock } = request.parameters;
    return list(request, 'customer', [
      rangeFilter('created', created),
      equals('email', email),
      contains('name', called),
      test_clock === undefined ? { column: 'testClock', isNull: true } : equals('testClock', test_clock),
    ]);
  },
});
