import { onlyOne } from '../http/exclusive';
import { array, decimal, emptyable, name, object, text } from '../http/parameters';
import { httpUrl } from '../http/text-parameters';

const length = () => decimal({ decimals: 2, min: 0 }).transform(Number);

/** The form of `tax_code` in 2026-10-28.endive. */
export const taxDetails = () => object({ tax_code: emptyable(name()).optional() });

/**
 * The tax code, by either of its names.
 *
 * @throws BillingError parameters_exclusive if both are sent
 */
export function taxCodeOf({ tax_code, tax_details }: Pick<Details, 'tax_code' | 'tax_details'>, prefix = ''): string | null | undefined {
  onlyOne({ tax_code, tax_details }, ['tax_code', 'tax_details'], prefix);
  return tax_details === undefined ? tax_code : (tax_details?.tax_code ?? null);
}

/** Shared by creation and update. An empty value removes the field. */
export const productDetails = {
  description: emptyable(text({ max: 40_000 })).optional(),
  images: emptyable(array(httpUrl(), { max: 8 })).optional(),
  marketing_features: emptyable(array(object({ name: name({ max: 80 }) }), { max: 15 })).optional(),
  package_dimensions: emptyable(object({ height: length(), length: length(), weight: length(), width: length() })).optional(),
  statement_descriptor: emptyable(name({ max: 22 })).optional(),
  tax_code: emptyable(name()).optional(),
  tax_details: emptyable(taxDetails()).optional(),
  unit_label: emptyable(name({ max: 12 })).optional(),
  url: emptyable(httpUrl()).optional(),
};

interface Details {
  description?: string | null | undefined;
  images?: string[] | null | undefined;
  marketing_features?: { name: string }[] | null | undefined;
  package_dimensions?: { height: number; length: number; weight: number; width: number } | null | undefined;
  statement_descriptor?: string | null | undefined;
  tax_code?: string | null | undefined;
  tax_details?: { tax_code?: string | null | undefined } | null | undefined;
  unit_label?: string | null | undefined;
  url?: string | null | undefined;
}

export function toProductDetails(given: Details) {
  return {
    description: given.description,
    images: given.images === null ? [] : given.images,
    marketingFeatures: given.marketing_features === null ? [] : given.marketing_features,
    packageDimensions: given.package_dimensions,
    statementDescriptor: given.statement_descriptor,
    taxCode: taxCodeOf(given),
    unitLabel: given.unit_label,
    url: given.url,
  };
}
