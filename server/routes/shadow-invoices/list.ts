import { SHADOW_STATUSES } from '../../../domain/rows/shadow-invoice';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists the invoices that Dunlin would have made for customers whom another system bills, newest first, with what differs.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listShadowInvoices = operation({
  method: 'get',
  path: '/v1/shadow_invoices',
  summary: 'List shadow invoices',
  tag: 'Migration',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('shadow_invoices'),
    customer: id().optional(),
    status: oneOf(SHADOW_STATUSES).optional(),
    subscription: id().optional(),
  }),
  shows: 'shadowInvoice',
  handle: (request) => {
    const { customer, status, subscription } = request.parameters;
    return list(request, 'shadowInvoice', [equals('customer', customer), equals('status', status), equals('subscription', subscription)]);
  },
});

/**
 * Retrieves a shadow invoice.
 *
 * @throws BillingError resource_missing
 */
export const retrieveShadowInvoice = operation({
  method: 'get',
  path: '/v1/shadow_invoices/:shadow_invoice',
  summary: 'Retrieve a shadow invoice',
  tag: 'Migration',
  own: true,
  parameters: parameters({}),
  shows: 'shadowInvoice',
  async handle(request) {
    const { id: key } = await request.find('shadowInvoice', request.pathId('shadow_invoice'));
    return { kind: 'shadowInvoice', key };
  },
});
