import { array, decimal, emptyable, object, text } from '../../parameters';

const length = () => decimal({ decimals: 2, min: 0 }).transform(Number);

/** What creating and changing a product share. Empty takes a value away. */
export const productDetails = {
  description: emptyable(text({ max: 40_000 })).optional(),
  images: emptyable(array(text(), { max: 8 })).optional(),
  marketing_features: emptyable(array(object({ name: text({ max: 80 }) }), { max: 15 })).optional(),
  package_dimensions: emptyable(object({ height: length(), length: length(), weight: length(), width: length() })).optional(),
  statement_descriptor: emptyable(text({ max: 22 })).optional(),
  tax_code: emptyable(text()).optional(),
  unit_label: emptyable(text({ max: 12 })).optional(),
  url: emptyable(text()).optional(),
};

interface Details {
  description?: string | null | undefined;
  images?: string[] | null | undefined;
  marketing_features?: { name: string }[] | null | undefined;
  package_dimensions?: { height: number; length: number; weight: number; width: number } | null | undefined;
  statement_descriptor?: string | null | undefined;
  tax_code?: string | null | undefined;
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
    taxCode: given.tax_code,
    unitLabel: given.unit_label,
    url: given.url,
  };
}
