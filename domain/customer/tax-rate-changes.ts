/** Tax rates. The percentage, and whether prices include it, never change, because invoices were computed with them. */
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import type { TaxRate } from '../rows/tax-rate';

export type TaxRateSettings = Omit<
  TaxRate,
  'id' | 'account' | 'livemode' | 'created' | 'isAutomatic' | 'basis' | 'percentage' | 'inclusive' | 'metadata'
>;

export function createTaxRate(
  changes: ChangeSet,
  { metadata, ...terms }: TaxRateSettings & { percentage: string; inclusive: boolean; metadata: Metadata | null | undefined },
): void {
  const rate = changes.put('taxRate', {
    ...changes.resource('txr'),
    ...terms,
    basis: '100',
    isAutomatic: false,
    metadata: mergeMetadata({}, metadata),
  });
  changes.emit('tax_rate.created', 'taxRate', rate.id);
}

/** An inactive rate stays in force where it is used, and cannot be added to anything new. */
export function updateTaxRate(
  changes: ChangeSet,
  id: string,
  { metadata, ...change }: Partial<TaxRateSettings> & { metadata: Metadata | null | undefined },
): void {
  const rate = changes.rows.get('taxRate', id);
  changes.patch('taxRate', id, { ...change, metadata: mergeMetadata(rate.metadata, metadata) });
  changes.emitUpdated('tax_rate.updated', 'taxRate', id);
}
