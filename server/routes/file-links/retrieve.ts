import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a file link.
 *
 * @throws BillingError resource_missing
 */
export const retrieveFileLink = operation({
  method: 'get',
  path: '/v1/file_links/:link',
  summary: 'Retrieve a file link',
  tag: 'Files',
  parameters: parameters({}),
  shows: 'fileLink',
  async handle(request) {
    const { id } = await request.find('fileLink', request.pathId('link'));
    return { kind: 'fileLink', key: id };
  },
});
