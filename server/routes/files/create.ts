import { createFile } from '../../../domain/access/files';
import { FILE_PURPOSES } from '../../../domain/rows/file';
import { operation } from '../../http/operation';
import { boolean, emptyable, integer, metadata, name, object, oneOf, parameters, timestamp } from '../../http/parameters';

/** What `server/files/upload.ts` makes of the uploaded part. */
const upload = object({
  filename: emptyable(name({ max: 200 })),
  sha256: name({ max: 64 }),
  size: integer({ min: 0 }),
  type: emptyable(name({ max: 8 })),
}).meta({ override: { type: 'string', format: 'binary' } });

/**
 * Uploads a file, as `multipart/form-data`. The purpose decides which types and sizes are taken, and how long the file stays.
 *
 * @throws BillingError parameter_missing, parameter_invalid
 */
export const createFileOperation = operation({
  method: 'post',
  path: '/v1/files',
  summary: 'Upload a file',
  tag: 'Files',
  parameters: parameters({
    file: upload,
    file_link_data: object({ create: boolean(), expires_at: timestamp().optional(), metadata: metadata().optional() }).optional(),
    purpose: oneOf(FILE_PURPOSES),
  }),
  shows: 'file',
  async handle(request) {
    const { file, purpose, file_link_data: data } = request.parameters;
    await request.change({
      step: 'createFile',
      customer: null,
      plan: (changes) => {
        createFile(changes, file, { purpose, link: data?.create === true ? data : null });
      },
    });
    return { kind: 'file', key: request.newId('file') };
  },
});
