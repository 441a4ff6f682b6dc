import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a file. Its bytes are at `url`.
 *
 * @throws BillingError resource_missing
 */
export const retrieveFile = operation({
  method: 'get',
  path: '/v1/files/:file',
  summary: 'Retrieve a file',
  tag: 'Files',
  parameters: parameters({}),
  shows: 'file',
  async handle(request) {
    const { id } = await request.find('file', request.pathId('file'));
    return { kind: 'file', key: id };
  },
});
