/** The tax of an invoice in the currency of its country, when the invoice becomes final. */
import type { ChangeSet } from '../core/change-set';
import { sumOf } from '../money/money';
import type { Invoice, NationalTax } from '../rows/invoice';
import { nationalTaxOf, rateNeeded } from '../tax/national-currency';

/** Null if the invoice needs none. A rate that nobody has entered does not hold the invoice: the amount is then null. */
export function nationalTaxAtFinalization(changes: ChangeSet, { currency, totalTaxes }: Invoice): NationalTax | null {
  const taxes = totalTaxes.map(({ amount, tax_rate: rate }) => ({
    amount,
    country: changes.rows.find('taxRate', rate)?.country?.toUpperCase() ?? null,
  }));
  const question = rateNeeded({ currency, taxes, at: changes.now });
  return question && nationalTaxOf(sumOf(taxes.map(({ amount }) => amount)), question, changes.ratesFor(question));
}
