import type { Resource } from './resource';

/** What customers of a product can download: a file, or an address of the seller. */
export interface ProductDownload extends Resource {
  deleted: boolean;
  product: string;
  name: string;
  file: string | null;
  url: string | null;
}
