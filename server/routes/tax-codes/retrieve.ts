import { BillingError } from '../../../domain/core/errors';
import { findTaxCode } from '../../../domain/tax/product-tax-codes';
import { toStripeTaxCode } from '../../../objects/tax-code';
import { taxCode } from '../../../objects/shapes/tax-code';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a product tax code.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTaxCode = operation({
  method: 'get',
  path: '/v1/tax_codes/:id',
  summary: 'Retrieve a tax code',
  tag: 'Tax codes',
  parameters: parameters({}),
  answer: taxCode,
  handle(request) {
    const id = request.pathId('id');
    const found = findTaxCode(id);
    if (!found) throw new BillingError('resource_missing', `No such tax code: '${id}'`, { param: 'id' });
    return Promise.resolve({ body: toStripeTaxCode(found) });
  },
});
