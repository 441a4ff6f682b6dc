import { updateInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice, findInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { checkSettings, referencesOfSettings } from './references';
import { settingsShape, UNSUPPORTED_OF_SETTINGS } from './schemas';

export const updateParameters = parameters(settingsShape);

/**
 * Changes a draft. On a final invoice only notes and collection settings can change.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, invoice_not_editable, coupon_expired, lock_timeout
 */
export const updateInvoice = operation({
  method: 'post',
  path: '/v1/invoices/:invoice',
  summary: 'Update an invoice',
  tag: 'Invoices',
  parameters: updateParameters,
  shows: 'invoice',
  through: 'workflow',
  unsupported: UNSUPPORTED_OF_SETTINGS,
  handle: async (request) => {
    checkSettings(request.parameters);
    const { customer } = await findInvoice(request);
    await checkReferences(request, referencesOfSettings(customer, request.parameters));
    return changeInvoice(request, updateInvoiceUpdate);
  },
});
