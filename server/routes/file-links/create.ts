import { byKey, loadMatching } from '../../../db/matching';
import { createFileLink } from '../../../domain/access/files';
import { operation } from '../../http/operation';
import { id, metadata, parameters, timestamp } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Creates a link by which anybody can read a file.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing
 */
export const createFileLinkOperation = operation({
  method: 'post',
  path: '/v1/file_links',
  summary: 'Create a file link',
  tag: 'Files',
  parameters: parameters({ expires_at: timestamp().optional(), file: id(), metadata: metadata().optional() }),
  shows: 'fileLink',
  async handle(request) {
    const { file, ...terms } = request.parameters;
    await request.change({
      step: 'createFileLink',
      customer: null,
      load: (tx) => loadMatching(tx, request.scope, [byKey('file', file)]),
      plan: (changes) => {
        present(changes, 'file', file, { param: 'file' });
        createFileLink(changes, file, terms);
      },
    });
    return { kind: 'fileLink', key: request.newId('link') };
  },
});
