import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a template of invoices.
 *
 * @throws BillingError resource_missing, also of another version than its only one
 */
export const retrieveInvoiceRenderingTemplate = operation({
  method: 'get',
  path: '/v1/invoice_rendering_templates/:template',
  summary: 'Retrieve an invoice rendering template',
  tag: 'Invoice rendering templates',
  parameters: parameters({ version: integer({ min: 1 }).optional() }),
  shows: 'invoiceRenderingTemplate',
  async handle(request) {
    const { id, version } = await request.find('invoiceRenderingTemplate', request.pathId('template'));
    const { version: asked = version } = request.parameters;
    if (asked !== version) missing('invoiceRenderingTemplate', id, 'version');
    return { kind: 'invoiceRenderingTemplate', key: id };
  },
});
