import type { InvoiceRenderingTemplate } from '../domain/rows/invoice-rendering-template';
import type { WireInvoiceRenderingTemplate } from './shapes/invoice-rendering-template';

export function toInvoiceRenderingTemplate(template: InvoiceRenderingTemplate): WireInvoiceRenderingTemplate {
  const { id, created, customFields, footer, livemode, memo, metadata, nickname, status, version } = template;
  return {
    ...{ id, object: 'invoice_rendering_template', created, custom_fields: customFields, footer },
    ...{ livemode, memo, metadata, nickname, status, version },
  };
}
