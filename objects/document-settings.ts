import type { DocumentSettings } from '../domain/rows/document-settings';
import type { WireDocumentSettings } from './shapes/document-settings';

/** What documents say for every customer. */
export function toDocumentSettings(settings: Omit<DocumentSettings, 'id' | 'account' | 'created'>): WireDocumentSettings {
  const { contact, bankAccount, memo, footer, customFields, pageSize, livemode } = settings;
  return {
    object: 'document_settings',
    bank_account: bankAccount,
    contact,
    custom_fields: customFields,
    footer,
    livemode,
    memo,
    page_size: pageSize,
  };
}
