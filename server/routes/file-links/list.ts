import type { Filter } from '../../../db/lists';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists file links, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listFileLinks = operation({
  method: 'get',
  path: '/v1/file_links',
  summary: 'List file links',
  tag: 'Files',
  parameters: parameters({ ...pagination, created: range().optional(), expired: boolean().optional(), file: id().optional() }),
  shows: 'fileLink',
  handle(request) {
    const { created, expired, file } = request.parameters;
    return list(request, 'fileLink', [rangeFilter('created', created), equals('file', file), endFilter(expired)]);
  },
});

function endFilter(expired: boolean | undefined): Filter | null {
  if (expired === undefined) return null;
  const now = Math.floor(Date.now() / 1000);
  return expired ? { column: 'expiresAt', range: { lte: now } } : { column: 'expiresAt', endsAfter: now };
}
