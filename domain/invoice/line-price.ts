/** The inline price of a draft's line, and its product if the line describes that too. */
import { BillingError } from '../core/errors';
import { putInlinePrice, type PriceData } from '../price/inline-price';
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';
import { createProduct } from '../price/product-changes';
import type { Metadata } from '../rows/resource';

export type LinePriceData = Omit<PriceData, 'product'> & { product?: string | undefined; product_data?: LineProduct | undefined };

/** Stripe's `product_data` of a line. */
interface LineProduct {
  name: string;
  description?: string | undefined;
  images?: string[] | undefined;
  metadata?: Metadata | null | undefined;
  tax_code?: string | undefined;
  tax_details?: { tax_code?: string | null | undefined } | undefined;
  unit_label?: string | undefined;
}

/** @throws BillingError parameter_missing, parameters_exclusive, and as `putInlinePrice` does */
export function putLinePrice(changes: ChangeSet, { product, product_data: data, ...terms }: LinePriceData): Price {
  if (product !== undefined && data) throw exclusive('price_data[product]', 'price_data[product_data]');
  const of = product ?? (data && putProduct(changes, data));
  if (of !== undefined) return putInlinePrice(changes, { ...terms, product: of });
  const param = 'price_data[product]';
  throw new BillingError('parameter_missing', `Missing required param: ${param}. Pass \`product\` or \`product_data\`.`, { param });
}

function putProduct(changes: ChangeSet, { name, description, images, metadata, tax_code, tax_details, unit_label }: LineProduct): string {
  if (tax_code !== undefined && tax_details) {
    throw exclusive('price_data[product_data][tax_code]', 'price_data[product_data][tax_details]');
  }
  const taxCode = tax_code ?? tax_details?.tax_code;
  const details = { ...(description === undefined ? {} : { description }), ...(images ? { images } : {}), ...(taxCode ? { taxCode } : {}) };
  return createProduct(changes, { name, metadata, ...details, ...(unit_label === undefined ? {} : { unitLabel: unit_label }) }).id;
}

function exclusive(first: string, second: string): BillingError {
  const message = `You may only specify one of these parameters: ${first}, ${second}.`;
  return new BillingError('parameters_exclusive', message, { param: second });
}
