import { TAX_ID_TYPES } from '../../../domain/rows/tax-id';
import { ParameterError } from '../../http/parameter-error';
import { operation } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import { giveTaxId } from '../customers/create-tax-id';
import { customerOf, ownerParameter } from './parameters';

/**
 * Gives a customer a tax id. The account's own tax ids are not supported, because invoices do not show them yet.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameter_unsupported, tax_id_invalid, lock_timeout
 */
export const createTaxIdOperation = operation({
  method: 'post',
  path: '/v1/tax_ids',
  summary: 'Create a tax ID',
  tag: 'Tax IDs',
  parameters: parameters({ owner: ownerParameter().optional(), type: oneOf(TAX_ID_TYPES), value: name({ max: 100 }) }),
  shows: 'taxId',
  unsupported: ['owner[customer_account]'],
  async handle(request) {
    const { owner, ...taxId } = request.parameters;
    const customer = customerOf(owner);
    if (customer === null) throw new ParameterError('parameter_unsupported', OWN, 'owner[type]');
    await request.find('customer', customer, 'owner[customer]');
    return giveTaxId(request, customer, taxId);
  },
});

const OWN = "The account's own tax IDs are part of Stripe's API, but not supported by Dunlin yet. Name a customer: owner[type]=customer.";
