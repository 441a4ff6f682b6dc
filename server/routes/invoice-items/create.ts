import { loadWithNamed } from '../../../db/named-facts';
import { createInvoiceItem } from '../../../domain/invoice/items';
import { BillingError } from '../../../domain/core/errors';
import type { ChangeSet } from '../../../domain/core/change-set';
import { operation } from '../../http/operation';
import { currency, id, parameters } from '../../http/parameters';
import { missing, present } from '../../http/request';
import { itemDetails, namedIn, UNSUPPORTED } from './parameters';

/**
 * Creates an invoice item, which waits for the customer's (or the subscription's) next invoice, or goes on a draft at once.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, parameter_invalid, parameter_unsupported, resource_missing,
 * currency_mismatch, amount_too_large, coupon_expired, subscription_canceled, invoice_not_editable, lock_timeout
 */
export const createInvoiceItemOperation = operation({
  method: 'post',
  path: '/v1/invoiceitems',
  summary: 'Create an invoice item',
  tag: 'Invoice items',
  parameters: parameters({
    ...itemDetails,
    currency: currency().optional(),
    customer: id(),
    invoice: id().optional(),
    subscription: id().optional(),
  }),
  shows: 'invoiceItem',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const { customer, invoice = null, subscription = null, ...params } = request.parameters;
    const { scope } = request;
    const named = { ...namedIn(params), subscription: subscription === null ? [] : [subscription] };
    await request.change({
      step: 'createInvoiceItem',
      customer,
      load: (tx) => loadWithNamed(tx, scope, { customer, invoice, named }),
      plan: (changes) => {
        present(changes, 'customer', customer, { param: 'customer' });
        requireOwn(changes, 'invoice', invoice, customer);
        requireOwn(changes, 'subscription', subscription, customer);
        for (const [index, rate] of (params.tax_rates ?? []).entries())
          present(changes, 'taxRate', rate, { param: `tax_rates[${String(index)}]` });
        createInvoiceItem(changes, { customer, invoice, subscription }, params);
      },
    });
    return { kind: 'invoiceItem', key: request.newId('ii') };
  },
});

function requireOwn(changes: ChangeSet, kind: 'invoice' | 'subscription', id: string | null, customer: string): void {
  if (id === null) return;
  const row = present(changes, kind, id, { param: kind });
  if (row.customer !== customer || row.hidden) missing(kind, id, kind);
  if (kind === 'subscription' && ['canceled', 'incomplete_expired'].includes(row.status)) {
    throw new BillingError('subscription_canceled', 'Nothing can wait for the next invoice of a subscription that has ended.', {
      param: kind,
    });
  }
}
