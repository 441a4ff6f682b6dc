import { downloadToken, productsOf } from '../../../db/downloads';
import { publicUrlOf } from '../../../config';
import { DOWNLOAD_SECONDS } from '../../../domain/access/downloads';
import { BillingError } from '../../../domain/core/errors';
import { downloadLink } from '../../../objects/shapes/product-download';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { findProductDownload } from './find';

/**
 * Makes an address at which a customer who has the product can download it for a quarter of an hour.
 *
 * @throws BillingError parameter_missing, resource_missing, access_missing
 */
export const createDownloadLink = operation({
  method: 'post',
  path: '/v1/products/:product/downloads/:download/link',
  summary: 'Make a link to a download for a customer',
  tag: 'Products',
  own: true,
  parameters: parameters({ customer: id() }),
  answer: downloadLink,
  async handle(request) {
    const { deps, scope } = request;
    const { id: download, product } = await findProductDownload(request);
    const { id: customer } = await request.find('customer', request.parameters.customer, 'customer');
    const products = await productsOf(deps.sql, scope, customer, await request.now(customer));
    if (!products.includes(product)) {
      throw new BillingError('access_missing', `The customer '${customer}' does not have the product '${product}'.`, { param: 'customer' });
    }
    const expiresAt = Math.floor(Date.now() / 1000) + DOWNLOAD_SECONDS;
    const url = `${publicUrlOf(deps.config)}/downloads/${downloadToken(deps.tokenSecrets, { download, customer, expiresAt })}`;
    return { body: { object: 'product_download_link' as const, download, expires_at: expiresAt, livemode: scope.livemode, url } };
  },
});
