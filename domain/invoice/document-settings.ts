/** The account's settings for documents. Final invoices keep those that they had. */
import type { ChangeSet } from '../core/change-set';
import type { DocumentSettings } from '../rows/document-settings';

export type DocumentSettingsChange = Partial<
  Pick<DocumentSettings, 'contact' | 'bankAccount' | 'memo' | 'footer' | 'customFields' | 'pageSize'>
>;

/** Sets what is given and keeps the rest. Null removes a setting. */
export function changeDocumentSettings(changes: ChangeSet, change: DocumentSettingsChange): void {
  const [before] = changes.rows.all('documentSettings');
  if (before) changes.patch('documentSettings', before.id, change);
  else changes.put('documentSettings', { ...changes.resource('docset'), ...NOTHING_SET, ...change });
}

/** What applies before anything was set. */
export const NOTHING_SET = {
  contact: null,
  bankAccount: null,
  memo: null,
  footer: null,
  customFields: null,
  pageSize: 'auto',
} as const satisfies DocumentSettingsChange;
