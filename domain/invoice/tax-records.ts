/** Which documents a remote tax provider is told of: those of invoices whose tax it has calculated. Workers tell it later; no document waits. */
import type { ChangeSet } from '../core/change-set';
import type { RemoteTaxProviderName, TaxCalculation } from '../rows/tax-calculation';
import type { TaxRecord } from '../rows/tax-record';

/** Has the provider told of an invoice, or of a credit note, in the transaction that makes it. */
export function recordAtProvider(changes: ChangeSet, invoice: string, kind: TaxRecord['kind'], creditNote: string | null = null): void {
  // A draft that was calculated may have become final without automatic tax.
  if (!changes.rows.get('invoice', invoice).automaticTax.enabled) return;
  const calculation = changes.rows.find('taxCalculation', invoice);
  const provider = remoteOf(calculation);
  if (!calculation || provider === null || calculation.providerCalculations.length === 0) return;
  const due = { status: 'pending', problem: null, nextTryAt: 0, lines: [] } as const;
  changes.put('taxRecord', { ...changes.resource('taxrec'), provider, invoice, kind, creditNote, ...due, lines: [] });
}

const remoteOf = (calculation: TaxCalculation | undefined): RemoteTaxProviderName | null =>
  calculation === undefined || calculation.provider === 'rates' || calculation.provider === 'dunlin' ? null : calculation.provider;
