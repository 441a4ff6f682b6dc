import { BillingError } from '../../../domain/core/errors';
import { refuseUnrevisable } from '../../../domain/invoice/revising';
import type { Subscription } from '../../../domain/rows/subscription';
import { createInvoiceUpdate } from '../../../workflows/contract';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import type { ApiRequest } from '../../http/request';
import { currency, id, object, oneOf, parameters } from '../../http/parameters';
import { checkReferences, customerNamed, type Reference } from '../../writes/references';
import { checkSettings, referencesOfSettings } from './references';
import { settingsShape, UNSUPPORTED_OF_SETTINGS } from './schemas';

export const createParameters = parameters({
  ...settingsShape,
  currency: currency().optional(),
  customer: id().optional(),
  from_invoice: object({ action: oneOf(['revision']), invoice: id() }).optional(),
  pending_invoice_items_behavior: oneOf(['exclude', 'include']).optional(),
  subscription: id().optional(),
});

/**
 * Drafts an invoice by hand, with the customer's pending items if requested; or a revision of a final invoice.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * lock_timeout
 */
export const createInvoice = operation({
  method: 'post',
  path: '/v1/invoices',
  summary: 'Create an invoice',
  tag: 'Invoices',
  parameters: createParameters,
  shows: 'invoice',
  through: 'workflow',
  unsupported: [...UNSUPPORTED_OF_SETTINGS, 'customer_account'],
  handle: async (request) => {
    const params = request.parameters;
    const customer = params.from_invoice ? await customerOfRevised(request, params.from_invoice.invoice) : await checkNew(request);
    const invoice = request.newId('in');
    await request.changeThroughWorkflow({ kind: 'invoice', subject: invoice, customer }, createInvoiceUpdate);
    return { kind: 'invoice', key: invoice };
  },
});

type Request = ApiRequest<(typeof createParameters)['_output']>;

/** A revision starts as a copy, and is changed afterwards: `from_invoice` stands alone. */
async function customerOfRevised(request: Request, id: string): Promise<string> {
  const [other] = Object.keys(request.parameters).filter((name) => name !== 'from_invoice' && name !== 'expand');
  if (other !== undefined) onlyOne(request.parameters, ['from_invoice', other as 'customer']);
  const rows = await checkReferences(request, [{ kind: 'invoice', id, param: 'from_invoice[invoice]', check: refuseUnrevisable }]);
  return rows.get('invoice', id).customer;
}

async function checkNew(request: Request): Promise<string> {
  const params = request.parameters;
  atLeastOne(params, ['customer']);
  const { customer = '', subscription } = params;
  checkSettings(params);
  checkDueDate(params);
  checkItems(params);
  await checkReferences(request, [
    customerNamed(customer),
    ...subscriptionOf(customer, subscription),
    ...referencesOfSettings(customer, params),
  ]);
  return customer;
}

/** An automatically charged invoice has no due date; a sent one needs one. */
function checkDueDate(params: {
  collection_method?: string | undefined;
  days_until_due?: number | undefined;
  due_date?: number | undefined;
}): void {
  const named = params.due_date === undefined ? params.days_until_due : params.due_date;
  if (params.collection_method === 'send_invoice') {
    if (named !== undefined) return;
    throw new BillingError('parameter_missing', 'If invoices are sent, `days_until_due` or `due_date` must be set.', {
      param: 'days_until_due',
    });
  }
  if (named === undefined) return;
  const param = params.due_date === undefined ? 'days_until_due' : 'due_date';
  throw new BillingError('parameter_invalid', `You can only set \`${param}\` if \`collection_method\` is \`send_invoice\`.`, { param });
}

/** An invoice of a subscription always includes that subscription's pending items. */
function checkItems(params: { subscription?: string | undefined; pending_invoice_items_behavior?: string | undefined }): void {
  if (params.subscription === undefined || params.pending_invoice_items_behavior === undefined) return;
  throw new BillingError(
    'parameters_exclusive',
    'You may only specify one of these parameters: subscription, pending_invoice_items_behavior.',
    {
      param: 'pending_invoice_items_behavior',
    },
  );
}

function subscriptionOf(customer: string, id: string | undefined): Reference[] {
  if (id === undefined) return [];
  const check = (subscription: Subscription) => {
    if (subscription.customer === customer) return;
    throw new BillingError('parameter_invalid', `Subscription ${id} is not of the customer ${customer}.`, { param: 'subscription' });
  };
  return [{ kind: 'subscription', id, param: 'subscription', check }];
}
