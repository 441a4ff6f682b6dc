import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists templates of invoices, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listInvoiceRenderingTemplates = operation({
  method: 'get',
  path: '/v1/invoice_rendering_templates',
  summary: 'List invoice rendering templates',
  tag: 'Invoice rendering templates',
  parameters: parameters({ ...pagination, status: oneOf(['active', 'archived']).optional() }),
  shows: 'invoiceRenderingTemplate',
  handle: (request) => list(request, 'invoiceRenderingTemplate', [equals('status', request.parameters.status)]),
});
