import type { Operation } from '../../http/operation';
import { createProductDownload } from './create';
import { deleteProductDownload } from './delete';
import { createDownloadLink } from './link';
import { listProductDownloads } from './list';

export const productDownloads: Operation[] = [createProductDownload, listProductDownloads, deleteProductDownload, createDownloadLink];
