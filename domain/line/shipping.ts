/**
 * The shipping cost of an invoice, and of a credit note. It is calculated, taxed, booked and credited as a line; callers see it apart: 2000
 * of goods with a shipping rate of 500 is a subtotal of 2000, a shipping cost of 500, and a total of 2500.
 */
import { sumOf } from '../money/money';
import type { CreditNoteLineItem, LineAmounts } from '../rows/credit-note';
import type { InvoiceLineItem, LineContent, ShippingCost } from '../rows/invoice';
import { shippingIn, type ShippingRate } from '../rows/shipping-rate';
import { amountOwed } from './taxes';

/** Where a rate names no code of its own. */
const SHIPPING_TAX_CODE = 'txcd_92010001';

/** The line of a rate in a currency in which it has an amount. No discount reduces it. */
export function shippingLineOf(
  rate: ShippingRate,
  { amount, currency, now }: { amount: number; currency: string; now: number },
): LineContent {
  return {
    amount,
    currency,
    description: rate.displayName,
    quantity: 1,
    discountable: false,
    discounts: [],
    taxRates: [],
    price: null,
    product: null,
    unitAmountDecimal: String(amount),
    taxBehavior: shippingIn(rate, currency)?.tax_behavior ?? null,
    taxCode: rate.taxCode ?? SHIPPING_TAX_CODE,
    subscription: null,
    subscriptionItem: null,
    proration: false,
    prorationDetails: null,
    basis: { rule: 'amount', full: amount, shipping: rate.id },
    periodStart: now,
    periodEnd: now,
    metadata: {},
  };
}

export const isShipping = ({ basis }: Pick<LineContent, 'basis'>): boolean => basis?.shipping !== undefined;

/** Null without a line of it. */
export function shippingCostOf(lines: readonly InvoiceLineItem[]): ShippingCost | null {
  const line = lines.find(isShipping);
  return line?.basis?.shipping === undefined ? null : costOf(line, line.basis.shipping);
}

/** What a note credits of its invoice's shipping cost. */
export function creditedShipping(
  lines: readonly (LineAmounts & Pick<CreditNoteLineItem, 'type'>)[],
  of: ShippingCost | null,
): ShippingCost | null {
  const line = lines.find(({ type }) => type === 'shipping_cost');
  return line && of ? costOf(line, of.shipping_rate) : null;
}

function costOf(line: LineAmounts, rate: string): ShippingCost {
  const tax = sumOf(line.taxes.map(({ amount }) => amount));
  return { amount_subtotal: line.amount, amount_tax: tax, amount_total: amountOwed(line), shipping_rate: rate };
}
