/** Templates of invoices: created, archived, and made active again. */
import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import type { InvoiceRenderingTemplate } from '../rows/invoice-rendering-template';
import type { Metadata } from '../rows/resource';

export interface TemplateParameters extends Partial<Pick<InvoiceRenderingTemplate, 'nickname' | 'memo' | 'footer' | 'customFields'>> {
  metadata?: Metadata | null | undefined;
}

export function createTemplate(changes: ChangeSet, { metadata, ...texts }: TemplateParameters): void {
  changes.put('invoiceRenderingTemplate', {
    ...changes.resource('inrtem'),
    ...{ nickname: null, memo: null, footer: null, customFields: null, ...texts },
    status: 'active',
    version: 1,
    metadata: mergeMetadata({}, metadata),
  });
}

/** Invoices that have the template keep it. New ones of its customers do not get it any more. */
export function setTemplateStatus(changes: ChangeSet, id: string, status: InvoiceRenderingTemplate['status']): void {
  changes.patch('invoiceRenderingTemplate', id, { status });
}
