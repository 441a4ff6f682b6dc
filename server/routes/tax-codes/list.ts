import { PRODUCT_TAX_CODES } from '../../../domain/tax/product-tax-codes';
import { toStripeTaxCode } from '../../../objects/tax-code';
import { listShape } from '../../../objects/shapes/parts';
import { taxCode } from '../../../objects/shapes/tax-code';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the product tax codes that Dunlin knows.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listTaxCodes = operation({
  method: 'get',
  path: '/v1/tax_codes',
  summary: 'List tax codes',
  tag: 'Tax codes',
  parameters: parameters(pagination),
  answer: listShape(taxCode),
  handle: (request) => {
    const { shown, hasMore } = pageOf(PRODUCT_TAX_CODES, request.parameters, 'tax code');
    return Promise.resolve({ body: listOf(shown.map(toStripeTaxCode), '/v1/tax_codes', hasMore) });
  },
});
