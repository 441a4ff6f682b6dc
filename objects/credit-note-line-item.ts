import { sumOf } from '../domain/money/money';
import type { CreditNoteLineItem } from '../domain/rows/credit-note';
import type { CreditAmount, DiscountAmount } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import { toStripeTax } from './invoice-line-item';
import type { WireCreditNoteLineItem } from './shapes/credit-note-line-item';
import { taxRatesOf } from './tax-rate';

/** One line of a credit note: of a line of the invoice, or described by the seller. */
export function toStripeCreditNoteLineItem(line: CreditNoteLineItem, rows: Rows): WireCreditNoteLineItem {
  return {
    id: line.id,
    object: 'credit_note_line_item',
    amount: line.amount,
    description: line.description,
    discount_amount: sumOf(line.discountAmounts.map(({ amount }) => amount)),
    discount_amounts: line.discountAmounts,
    ...(line.invoiceLineItem === null ? {} : { invoice_line_item: line.invoiceLineItem }),
    livemode: line.livemode,
    metadata: line.metadata,
    pretax_credit_amounts: toStripeCreditedPretax(line.discountAmounts, line.creditAmounts),
    quantity: line.quantity,
    tax_rates: taxRatesOf(
      line.taxes.map((tax) => tax.tax_rate),
      rows,
    ),
    taxes: line.taxes.map(toStripeTax),
    type: line.invoiceLineItem === null ? 'custom_line_item' : 'invoice_line_item',
    unit_amount: wholeUnits(line.unitAmountDecimal),
    unit_amount_decimal: line.unitAmountDecimal,
  };
}

/** All reductions before tax that a note credits together with a charge: a final invoice has taken its credits, so they have transactions. */
export function toStripeCreditedPretax(
  discounts: DiscountAmount[],
  credits: CreditAmount[],
): WireCreditNoteLineItem['pretax_credit_amounts'] {
  return [
    ...discounts.map(({ amount, discount }) => ({ amount, discount, type: 'discount' as const })),
    ...credits.flatMap(({ amount, credit_balance_transaction }) =>
      credit_balance_transaction === null ? [] : [{ amount, credit_balance_transaction, type: 'credit_balance_transaction' as const }],
    ),
  ];
}

/** Null if the unit price has a fraction. */
function wholeUnits(unitAmountDecimal: string | null): number | null {
  const amount = Number(unitAmountDecimal ?? 'none');
  return Number.isSafeInteger(amount) ? amount : null;
}
