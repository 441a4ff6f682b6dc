/** What of an invoice a remote tax provider calculates: the sales. A credit keeps the rates of its charge, and needs no provider. */
import type { Customer } from '../rows/customer';
import type { PaymentMethod } from '../rows/payment-method';
import type { SoldLine, TaxedLine, TaxedSale, TaxInput } from '../rows/tax-calculation';
import type { TaxId } from '../rows/tax-id';
import { locationOf } from '../tax/location';
import { taxesOn } from './taxes';

/** The rows that show a provider who buys. */
export interface TaxBuyer {
  customer: Customer;
  paymentMethod: PaymentMethod | null;
  taxIds: Pick<TaxId, 'type' | 'value'>[];
}

/** @throws Error without terms of automatic tax */
export function saleTo({ customer, paymentMethod, taxIds }: TaxBuyer, input: TaxInput): TaxedSale {
  if (!input.automatic) throw new Error('a remote provider needs the terms of automatic tax');
  const { owner, instant } = input.automatic;
  const location = locationOf(customer, paymentMethod);
  const isShipping = location?.source === 'shipping_destination';
  const numbers = taxIds.map(({ type, value }) => ({ type, value }));
  return {
    ...{ owner, currency: input.currency, instant, lines: soldLines(input) },
    buyer: { address: location?.address ?? null, isShipping, taxExempt: customer.taxExempt, taxIds: numbers },
  };
}

function soldLines({ lines }: TaxInput): SoldLine[] {
  return lines.flatMap(({ line, amount, supply }) => (supply ? [{ line, amount, ...supply }] : []));
}

/**
 * The taxes of all lines, in their order, from the provider's taxes of the sold ones.
 *
 * @throws Error if the provider has left one out
 */
export function withCredits({ lines }: TaxInput, sold: readonly TaxedLine[]): TaxedLine[] {
  const bySold = new Map(sold.map(({ line, taxes }) => [line, taxes]));
  return lines.map(({ line, amount, rates, taxExempt, supply }) => {
    const taxes = supply ? bySold.get(line) : taxesOn(amount, rates, taxExempt);
    if (!taxes) throw new Error(`the tax of ${line} was not calculated`);
    return { line, taxes };
  });
}
