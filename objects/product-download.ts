import type { ProductDownload } from '../domain/rows/product-download';
import type { WireProductDownload } from './shapes/product-download';

export function toProductDownload({ id, created, file, livemode, name, product, url }: ProductDownload): WireProductDownload {
  return { id, object: 'product_download', created, file, livemode, name, product, url };
}
