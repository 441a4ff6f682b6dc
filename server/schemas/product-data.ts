/** The product that an inline price includes. */
import type { z } from 'zod';
import { BillingError } from '../../domain/core/errors';
import type { ChangeSet } from '../../domain/core/change-set';
import { createProduct } from '../../domain/price/product-changes';
import { taxCodeOf } from './product';
import type { productData } from './price';

/**
 * Puts the product and returns its id.
 *
 * @throws BillingError resource_already_exists if the chosen id is taken
 */
export function putProduct(
  changes: ChangeSet,
  data: z.output<ReturnType<typeof productData>>,
  taken: boolean,
  param = 'product_data',
): string {
  const { id, name, active, metadata, statement_descriptor, unit_label } = data;
  if (taken) throw new BillingError('resource_already_exists', `Product already exists: '${id ?? ''}'`, { param: `${param}[id]` });
  const taxCode = taxCodeOf(data, param);
  return createProduct(changes, { id, name, active, metadata, statementDescriptor: statement_descriptor, taxCode, unitLabel: unit_label })
    .id;
}
