import type { ProductDownload } from '../../../domain/rows/product-download';
import { missing, type ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing if the product does not have it */
export async function findProductDownload(request: ApiRequest<unknown>): Promise<ProductDownload> {
  const id = request.pathId('download');
  const { id: product } = await request.find('product', request.pathId('product'));
  const row = await request.find('productDownload', id);
  return row.product === product && !row.deleted ? row : missing('productDownload', id);
}
