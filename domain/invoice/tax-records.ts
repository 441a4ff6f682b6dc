/** Which documents a remote tax provider is told of: those of invoices whose tax it has calculated. Workers tell it later; no document waits. */
import type { ChangeSet } from '../core/change-set';
import type { TaxCalculation } from '../rows/tax-calculation';
import type { RemoteTaxProviderName } from '../rows/tax-provider';
import type { CreditedAmount, TaxRecord } from '../rows/tax-record';
import type { InvoiceLineItem, RefundPart } from '../rows/invoice';
import { amountAfterCredits } from '../line/credits';
import { sumOf } from '../money/money';

/** What a record is about, besides its invoice. */
interface About {
  creditNote?: string;
  refund?: RefundPart;
}

/** Has the provider told of an invoice, of a credit note, or of a refund without one, in the transaction that makes it. */
export function recordAtProvider(changes: ChangeSet, invoice: string, kind: TaxRecord['kind'], { creditNote, refund }: About = {}): void {
  // A draft that was calculated may have become final without automatic tax.
  if (!changes.rows.get('invoice', invoice).automaticTax.enabled) return;
  const provider = remoteOf(changes.rows.find('taxCalculation', invoice));
  if (provider === null) return;
  changes.put('taxRecord', {
    ...changes.resource('taxrec'),
    ...{ provider, invoice, kind, creditNote: creditNote ?? null, refundPart: refund?.id ?? null },
    credited: refund?.lines.map((line) => creditedAmount(line.line, line)) ?? null,
    ...{ status: 'pending', problem: null, nextTryAt: 0, lines: [] },
  });
}

/** As the calculation had it: after discounts and credits, with inclusive tax and without exclusive tax. */
export function creditedAmount(
  line: string | null,
  amounts: Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'>,
): CreditedAmount {
  return { line, amount: amountAfterCredits(amounts), tax: sumOf(amounts.taxes.map(({ amount }) => amount)) };
}

/** The provider that has kept a calculation of the invoice. */
function remoteOf(calculation: TaxCalculation | undefined): RemoteTaxProviderName | null {
  if (calculation === undefined || calculation.providerCalculations.length === 0) return null;
  return calculation.provider === 'rates' || calculation.provider === 'dunlin' ? null : calculation.provider;
}
