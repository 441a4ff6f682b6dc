/** The tax of one invoice item as a request says it. */
import { BillingError } from '../core/errors';
import type { LineContent } from '../rows/invoice';
import type { TaxBehavior } from '../rows/price';

interface ItemTaxParameters {
  tax_behavior?: TaxBehavior | undefined;
  tax_code?: string | null | undefined;
}

/**
 * The item's own tax code, and its behavior where its price says none. Whether tax is inside an amount is decided once.
 *
 * @param content the item with the price of the request
 * @throws BillingError parameter_invalid
 */
export function itemTax(
  { taxBehavior: decided }: Pick<LineContent, 'taxBehavior'>,
  { tax_behavior: behavior, tax_code: code }: ItemTaxParameters,
): Partial<Pick<LineContent, 'taxBehavior' | 'taxCode'>> {
  if (code && !TAX_CODE.test(code)) {
    throw new BillingError('parameter_invalid', `Invalid tax code: '${code}'. It is \`txcd_\` and eight digits.`, { param: 'tax_code' });
  }
  if (behavior !== undefined && behavior !== decided && (decided === 'inclusive' || decided === 'exclusive')) {
    const message = `The tax behavior is \`${decided}\`, and cannot be changed once it is \`inclusive\` or \`exclusive\`.`;
    throw new BillingError('parameter_invalid', message, { param: 'tax_behavior' });
  }
  return { ...(behavior === undefined ? {} : { taxBehavior: behavior }), ...(code === undefined ? {} : { taxCode: code }) };
}

/** Stripe's codes. One that the built-in engine does not know is `not_supported`; a provider may know it. */
const TAX_CODE = /^txcd_\d{8}$/;
