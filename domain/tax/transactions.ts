/** Records tax that was collected on a sale outside Dunlin's invoices, from its calculation. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import type { CalculatedTaxLine, RequestedTaxCalculation } from '../rows/requested-tax-calculation';
import type { Metadata } from '../rows/resource';
import type { TaxTransaction, TaxTransactionLine, TaxTransactionShipping } from '../rows/tax-transaction';

export interface TransactionRequest {
  reference: string;
  /** Epoch seconds; absent: now. */
  postedAt: number | undefined;
  metadata: Metadata | null | undefined;
}

/**
 * Records a calculation as a transaction. Transactions with the same reference are among the rows.
 *
 * @throws BillingError resource_already_exists for a reference that is taken; parameter_invalid if `posted_at` is in the future or before the
 * tax date
 */
export function recordCalculation(
  changes: ChangeSet,
  calculation: RequestedTaxCalculation,
  { reference, postedAt = changes.now, metadata }: TransactionRequest,
): TaxTransaction {
  requireFreeReference(changes, reference);
  requirePosted(changes, calculation, postedAt);
  const { id, currency, customer, customerDetails, taxDate, lines, shippingCost } = calculation;
  return changes.put('taxTransaction', {
    ...changes.resource('tax'),
    ...{ type: 'transaction', reference, original: null, calculation: id, currency, customer, customerDetails, taxDate, postedAt },
    lines: lines.map((line) => ({ ...lineOf(line), id: changes.id('tax_li') })),
    shippingCost: shippingCost && amountsOf(shippingCost),
    metadata: mergeMetadata({}, metadata),
  });
}

/** @throws BillingError resource_already_exists */
export function requireFreeReference({ rows }: ChangeSet, reference: string): void {
  if (!rows.first('taxTransaction', (other) => other.reference === reference)) return;
  const message = `A tax transaction with the reference '${reference}' exists already. Every transaction and reversal needs its own.`;
  throw new BillingError('resource_already_exists', message, { param: 'reference' });
}

function requirePosted({ now }: ChangeSet, { taxDate }: RequestedTaxCalculation, postedAt: number): void {
  // A tax date of today may be later than now.
  if (postedAt <= now && postedAt >= Math.min(taxDate, now)) return;
  throw new BillingError('parameter_invalid', '`posted_at` must be between the tax date of the calculation and now.', {
    param: 'posted_at',
  });
}

function lineOf(line: CalculatedTaxLine): Omit<TaxTransactionLine, 'id'> {
  const { metadata, product, quantity, reference } = line;
  return { ...amountsOf(line), metadata, product, quantity, reference, original_line_item: null };
}

const amountsOf = ({ amount, amount_tax, tax_behavior, tax_code }: TaxTransactionShipping): TaxTransactionShipping => ({
  ...{ amount, amount_tax, tax_behavior, tax_code },
});
