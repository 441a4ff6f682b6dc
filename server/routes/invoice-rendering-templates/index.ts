import type { Operation } from '../../http/operation';
import { archiveInvoiceRenderingTemplate, unarchiveInvoiceRenderingTemplate } from './archive';
import { createInvoiceRenderingTemplate } from './create';
import { listInvoiceRenderingTemplates } from './list';
import { retrieveInvoiceRenderingTemplate } from './retrieve';

export const invoiceRenderingTemplates: Operation[] = [
  archiveInvoiceRenderingTemplate,
  createInvoiceRenderingTemplate,
  listInvoiceRenderingTemplates,
  retrieveInvoiceRenderingTemplate,
  unarchiveInvoiceRenderingTemplate,
];
