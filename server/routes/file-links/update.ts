import { byKey, loadMatching } from '../../../db/matching';
import { updateFileLink } from '../../../domain/access/files';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters, timestampOrNow } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes when a file link ends; `now` ends it. A link that has ended stays so.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updateFileLinkOperation = operation({
  method: 'post',
  path: '/v1/file_links/:link',
  summary: 'Update a file link',
  tag: 'Files',
  parameters: parameters({ expires_at: emptyable(timestampOrNow()).optional(), metadata: metadata().optional() }),
  shows: 'fileLink',
  async handle(request) {
    const id = request.pathId('link');
    await request.change({
      step: 'updateFileLink',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('fileLink', id)]),
      plan: (changes) => {
        present(changes, 'fileLink', id);
        updateFileLink(changes, id, request.parameters);
      },
    });
    return { kind: 'fileLink', key: id };
  },
});
