import { loadWithNamed } from '../../../db/named-facts';
import { updateInvoiceItem } from '../../../domain/invoice/items';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { itemDetails, namedIn, UNSUPPORTED } from './parameters';

/**
 * Changes an invoice item, and its line if it is on a draft.
 *
 * @throws BillingError resource_missing, parameters_exclusive, parameter_invalid, currency_mismatch, coupon_expired, invoice_not_editable,
 * lock_timeout
 */
export const updateInvoiceItemOperation = operation({
  method: 'post',
  path: '/v1/invoiceitems/:invoiceitem',
  summary: 'Update an invoice item',
  tag: 'Invoice items',
  parameters: parameters(itemDetails),
  shows: 'invoiceItem',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const { scope, parameters: params } = request;
    const { id, customer, invoice } = await request.find('invoiceItem', request.pathId('invoiceitem'));
    const named = { ...namedIn(params), invoiceItem: [id] };
    await request.change({
      step: 'updateInvoiceItem',
      customer,
      load: (tx) => loadWithNamed(tx, scope, { customer, invoice, named }),
      plan: (changes) => {
        present(changes, 'invoiceItem', id);
        for (const [index, rate] of (params.tax_rates ?? []).entries())
          present(changes, 'taxRate', rate, { param: `tax_rates[${String(index)}]` });
        updateInvoiceItem(changes, id, params);
      },
    });
    return { kind: 'invoiceItem', key: id };
  },
});
