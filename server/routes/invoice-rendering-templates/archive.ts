import { byKey, loadMatching } from '../../../db/matching';
import { setTemplateStatus } from '../../../domain/invoice/rendering-templates';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';

const SHARED = {
  method: 'post',
  tag: 'Invoice rendering templates',
  parameters: parameters({}),
  shows: 'invoiceRenderingTemplate',
} as const;

/**
 * Archives a template: no invoice gets it from now on. Those that have it keep it.
 *
 * @throws BillingError resource_missing
 */
export const archiveInvoiceRenderingTemplate = operation({
  ...SHARED,
  path: '/v1/invoice_rendering_templates/:template/archive',
  summary: 'Archive an invoice rendering template',
  handle: (request) => change(request, 'archived'),
});

/**
 * Makes an archived template active again.
 *
 * @throws BillingError resource_missing
 */
export const unarchiveInvoiceRenderingTemplate = operation({
  ...SHARED,
  path: '/v1/invoice_rendering_templates/:template/unarchive',
  summary: 'Unarchive an invoice rendering template',
  handle: (request) => change(request, 'active'),
});

async function change(request: ApiRequest<unknown>, status: 'active' | 'archived') {
  const id = request.pathId('template');
  await request.change({
    step: status === 'active' ? 'unarchiveInvoiceRenderingTemplate' : 'archiveInvoiceRenderingTemplate',
    customer: null,
    subject: id,
    load: (tx) => loadMatching(tx, request.scope, [byKey('invoiceRenderingTemplate', id)]),
    plan: (changes) => {
      present(changes, 'invoiceRenderingTemplate', id);
      setTemplateStatus(changes, id, status);
    },
  });
  return { kind: 'invoiceRenderingTemplate' as const, key: id };
}
