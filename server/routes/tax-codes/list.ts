import { PRODUCT_TAX_CODES } from '../../../domain/tax/product-tax-codes';
import { toStripeTaxCode } from '../../../objects/tax-code';
import { listShape } from '../../../objects/shapes/parts';
import { taxCode, type WireTaxCode } from '../../../objects/shapes/tax-code';
import { listOf, type WireList } from '../../../objects/wire';
import { BillingError } from '../../../domain/core/errors';
import { cursorOf, type Pagination } from '../../http/list';
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
  handle: (request) => Promise.resolve({ body: pageOf(request.parameters) }),
});

function pageOf(page: Pagination): WireList<WireTaxCode> {
  const cursor = cursorOf(page);
  const at = PRODUCT_TAX_CODES.findIndex(({ id }) => id === cursor?.id);
  if (cursor !== null && at < 0) {
    const param = cursor.direction === 'before' ? 'ending_before' : 'starting_after';
    throw new BillingError('resource_missing', `No such tax code: '${cursor.id}'`, { param });
  }
  const isBefore = cursor?.direction === 'before';
  const rest = isBefore ? PRODUCT_TAX_CODES.slice(0, at).slice(-page.limit) : PRODUCT_TAX_CODES.slice(at + 1, at + 1 + page.limit);
  const hasMore = isBefore ? at > page.limit : PRODUCT_TAX_CODES.length > at + 1 + page.limit;
  return listOf(rest.map(toStripeTaxCode), '/v1/tax_codes', hasMore);
}
