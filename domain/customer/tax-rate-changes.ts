/** Tax rates: the percentage and whether prices include it never change, since invoices were computed with them. */
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import type { TaxRate } from '../rows/tax-rate';

export type TaxRateSettings = Omit<TaxRate, 'id' | 'account' | 'livemode' | 'created' | 'percentage' | 'inclusive' | 'metadata'>;

export function createTaxRate(
  plan: Plan,
  { metadata, ...terms }: TaxRateSettings & { percentage: string; inclusive: boolean; metadata: Metadata | null | undefined },
): void {
  const rate = plan.put('taxRate', { ...plan.resource('txr'), ...terms, metadata: mergeMetadata({}, metadata) });
  plan.emit('tax_rate.created', 'taxRate', rate.id);
}

/** An inactive rate goes on where it is in use; it cannot be given to anything new. */
export function updateTaxRate(
  plan: Plan,
  id: string,
  { metadata, ...change }: Partial<TaxRateSettings> & { metadata: Metadata | null | undefined },
): void {
  const rate = plan.rows.get('taxRate', id);
  plan.patch('taxRate', id, { ...change, metadata: mergeMetadata(rate.metadata, metadata) });
  plan.emitUpdated('tax_rate.updated', 'taxRate', id);
}
