import { createTemplate } from '../../../domain/invoice/rendering-templates';
import { emptyable, metadata, name, parameters, text } from '../../http/parameters';
import { operation } from '../../http/operation';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { customFields } from '../../schemas/subscription';

/**
 * Creates a template of invoices. Stripe has this in its dashboard only.
 *
 * @throws BillingError parameter_invalid
 */
export const createInvoiceRenderingTemplate = operation({
  method: 'post',
  path: '/v1/invoice_rendering_templates',
  summary: 'Create an invoice rendering template',
  tag: 'Invoice rendering templates',
  own: true,
  parameters: parameters({
    custom_fields: customFields().optional(),
    footer: emptyable(text()).optional(),
    memo: emptyable(text({ max: 1500 })).optional(),
    metadata: metadata().optional(),
    nickname: emptyable(name({ max: 100 })).optional(),
  }),
  shows: 'invoiceRenderingTemplate',
  async handle(request) {
    const { custom_fields: fields, footer, memo, metadata: given, nickname } = request.parameters;
    await request.change({
      step: 'createInvoiceRenderingTemplate',
      customer: null,
      plan: (changes) => {
        createTemplate(changes, omitUndefined({ customFields: fields, footer, memo, metadata: given, nickname }));
      },
    });
    return { kind: 'invoiceRenderingTemplate', key: request.newId('inrtem') };
  },
});
