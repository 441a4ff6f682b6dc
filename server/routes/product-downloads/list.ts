import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the downloads of a product, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listProductDownloads = operation({
  method: 'get',
  path: '/v1/products/:product/downloads',
  summary: 'List the downloads of a product',
  tag: 'Products',
  own: true,
  parameters: parameters({ ...pagination }),
  shows: 'productDownload',
  async handle(request) {
    const { id } = await request.find('product', request.pathId('product'));
    return list(request, 'productDownload', [equals('product', id)]);
  },
});
