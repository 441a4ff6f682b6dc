import { byKey, loadMatching } from '../../../db/matching';
import { addDownload } from '../../../domain/access/downloads';
import { operation } from '../../http/operation';
import { id, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { httpUrl } from '../../http/text-parameters';

/**
 * Adds a download to a product: an uploaded file with the purpose `product_download`, or an address of yours.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive, resource_missing, url_invalid
 */
export const createProductDownload = operation({
  method: 'post',
  path: '/v1/products/:product/downloads',
  summary: 'Add a download to a product',
  tag: 'Products',
  own: true,
  parameters: parameters({ file: id().optional(), name: name({ max: 200 }), url: httpUrl().optional() }),
  shows: 'productDownload',
  async handle(request) {
    const product = request.pathId('product');
    const { file } = request.parameters;
    await request.change({
      step: 'createProductDownload',
      customer: null,
      load: (tx) => loadMatching(tx, request.scope, [byKey('product', product), ...(file === undefined ? [] : [byKey('file', file)])]),
      plan: (changes) => {
        present(changes, 'product', product);
        if (file !== undefined) present(changes, 'file', file, { param: 'file' });
        addDownload(changes, product, request.parameters);
      },
    });
    return { kind: 'productDownload', key: request.newId('pdl') };
  },
});
