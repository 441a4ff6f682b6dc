import type { ProductTaxCode } from '../domain/tax/product-tax-codes';
import type { WireTaxCode } from './shapes/tax-code';

export function toStripeTaxCode({ id, name, description }: ProductTaxCode): WireTaxCode {
  return { id, object: 'tax_code', description, name };
}
