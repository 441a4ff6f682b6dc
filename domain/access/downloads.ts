/** What customers of a product can download. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';

interface NewDownload {
  name: string;
  file?: string | undefined;
  url?: string | undefined;
}

/** @throws BillingError parameters_exclusive, parameter_missing, parameter_invalid for a file with another purpose */
export function addDownload(changes: ChangeSet, product: string, { name, file: named, url }: NewDownload): void {
  if (named !== undefined && url !== undefined) {
    throw new BillingError('parameters_exclusive', 'You may only specify one of these parameters: file, url.', { param: 'url' });
  }
  if (named === undefined && url === undefined) {
    throw new BillingError('parameter_missing', 'Missing required param: file. A download has a file or a url.', { param: 'file' });
  }
  if (named !== undefined && changes.rows.get('file', named).purpose !== 'product_download') {
    throw new BillingError('parameter_invalid', `The file '${named}' must have the purpose product_download.`, { param: 'file' });
  }
  changes.put('productDownload', {
    ...changes.resource('pdl'),
    deleted: false,
    product,
    name,
    file: named ?? null,
    url: url ?? null,
  });
}

export function removeDownload(changes: ChangeSet, id: string): void {
  changes.patch('productDownload', id, { deleted: true });
}

/** For how long a link to a download works. Seconds. */
export const DOWNLOAD_SECONDS = 900;
