import { FILE_PURPOSES } from '../../../domain/rows/file';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { oneOf, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists files, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listFiles = operation({
  method: 'get',
  path: '/v1/files',
  summary: 'List files',
  tag: 'Files',
  parameters: parameters({ ...pagination, created: range().optional(), purpose: oneOf(FILE_PURPOSES).optional() }),
  shows: 'file',
  handle(request) {
    const { created, purpose } = request.parameters;
    return list(request, 'file', [rangeFilter('created', created), equals('purpose', purpose)]);
  },
});
