import { loadMatching } from '../../../db/matching';
import { NOTHING_SET } from '../../../domain/invoice/document-settings';
import { toDocumentSettings } from '../../../objects/document-settings';
import { documentSettings, type WireDocumentSettings } from '../../../objects/shapes/document-settings';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** What documents say for every customer, in the key's mode. */
export const retrieveDocumentSettings = operation({
  method: 'get',
  path: '/v1/document_settings',
  summary: 'Retrieve the document settings',
  tag: 'Document settings',
  own: true,
  parameters: parameters({}),
  answer: documentSettings,
  handle: showDocumentSettings,
});

export async function showDocumentSettings(request: ApiRequest<unknown>): Promise<{ body: WireDocumentSettings }> {
  const rows = await loadMatching(request.deps.sql, request.scope, [{ kind: 'documentSettings', filters: [] }]);
  const [settings = { ...NOTHING_SET, livemode: request.scope.livemode }] = rows.all('documentSettings');
  return { body: toDocumentSettings(settings) };
}
