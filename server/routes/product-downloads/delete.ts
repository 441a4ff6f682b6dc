import { byKey, loadMatching } from '../../../db/matching';
import { removeDownload } from '../../../domain/access/downloads';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { findProductDownload } from './find';

/**
 * Removes a download from a product. Links to it end at once.
 *
 * @throws BillingError resource_missing
 */
export const deleteProductDownload = operation({
  method: 'delete',
  path: '/v1/products/:product/downloads/:download',
  summary: 'Remove a download from a product',
  tag: 'Products',
  own: true,
  parameters: parameters({}),
  shows: 'productDownload',
  async handle(request) {
    const { id } = await findProductDownload(request);
    await request.change({
      step: 'deleteProductDownload',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('productDownload', id)]),
      plan: (changes) => {
        present(changes, 'productDownload', id);
        removeDownload(changes, id);
      },
    });
    return { kind: 'productDownload', key: id };
  },
});
